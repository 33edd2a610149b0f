import { holdPromises } from './held';

/** One problem in a client's input: where it is (`params.input.content`), and what is wrong there. */
export interface Issue {
  path: string;
  message: string;
}

/** So many problems are told; of the others, how many there are. Input has as many as its sender likes. */
export const MAX_ISSUES = 20;

/** Of a path or a message, in UTF-16 code units. */
const MAX_TEXT = 500;

/** Of all that is wrong in one message. */
const MAX_TOLD = 1000;

/** Texts that are none, as a forgotten `await` leaves them, are not shown. */
function withTexts(issues: readonly Issue[]): readonly Issue[] {
  if (!Array.isArray(issues)) return [];
  return issues.every(isIssue) ? issues : issues.map((each) => (isIssue(each) ? each : textsOf(each)));
}

function isIssue(value: unknown): value is Issue {
  const { path, message } = (value ?? {}) as Record<keyof Issue, unknown>;
  return typeof path === 'string' && typeof message === 'string';
}

function textsOf(value: unknown): Issue {
  const { path, message } = (value ?? {}) as Record<keyof Issue, unknown>;
  return {
    path: typeof path === 'string' ? path : '',
    message: typeof message === 'string' ? message : 'is not valid',
  };
}

/** A text from outside, cut to what is shown of it. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** The first issues and how many more there are. What is not kept is not made. */
export class IssueList {
  readonly kept: Issue[] = [];
  more = 0;

  constructor(private readonly limit = MAX_ISSUES) {}

  add(make: () => Issue): void {
    if (this.kept.length < this.limit) this.kept.push(make());
    else this.more += 1;
  }
}

/** The issues that an error carries: so many, with texts so long. */
export function capped(given: readonly Issue[], more = 0): { issues: readonly Issue[]; more: number } {
  const issues = withTexts(given);
  const kept = issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: shorten(issue.path, MAX_TEXT),
    message: shorten(issue.message, MAX_TEXT),
  }));
  return { issues: kept, more: more + issues.length - kept.length };
}

/**
 * Issues as one text, as far as there is room.
 *
 * @param more how many there are besides
 */
export function tellIssues(given: readonly Issue[], more = 0): string {
  holdPromises(given);
  const issues = withTexts(given);
  const told: string[] = [];
  let length = 0;
  for (const issue of issues) {
    const text = tell(issue);
    length += text.length;
    if (told.length > 0 && (length > MAX_TOLD || told.length >= MAX_ISSUES)) break;
    told.push(shorten(text, MAX_TOLD));
  }
  const left = more + issues.length - told.length;
  return left > 0 ? `${told.join('; ')}; and ${String(left)} more` : told.join('; ');
}

/** Validators often begin with the field's name, which then need not be said twice. */
function tell({ path, message }: Issue): string {
  if (path === '') return message;
  const field = path.slice(path.lastIndexOf('.') + 1);
  return message.startsWith(`${field} `) ? `${path}${message.slice(field.length)}` : `${path}: ${message}`;
}
