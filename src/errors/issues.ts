import { holdPromises } from './held';

/** One problem in a client's input: where it is (`params.input.content`), and what is wrong there. */
export interface Issue {
  path: string;
  message: string;
}

/** How many issues an error lists; the rest are only counted. A client can cause as many as it likes. */
export const MAX_ISSUES = 20;

/** Limit of a path or a message, in UTF-16 code units. */
const MAX_TEXT = 500;

/** Limit of all issues in one message, in UTF-16 code units. */
const MAX_TOLD = 1000;

/** Replaces paths and messages that are not strings, such as the promise of a forgotten `await`. */
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

/** Cuts a text from outside to at most `length` UTF-16 code units, and appends `…` if it was longer. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** The first issues, and how many more there are. `make` is not called for issues that are only counted. */
export class IssueList {
  readonly kept: Issue[] = [];
  more = 0;

  constructor(private readonly limit = MAX_ISSUES) {}

  add(make: () => Issue): void {
    if (this.kept.length < this.limit) this.kept.push(make());
    else this.more += 1;
  }
}

/** The issues that an error carries: at most `MAX_ISSUES`, each text at most `MAX_TEXT` long. */
export function capped(given: readonly Issue[], more = 0): { issues: readonly Issue[]; more: number } {
  const issues = withTexts(given);
  const kept = issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: shorten(issue.path, MAX_TEXT),
    message: shorten(issue.message, MAX_TEXT),
  }));
  return { issues: kept, more: more + issues.length - kept.length };
}

/**
 * Joins issues into one text, at most about `MAX_TOLD` long.
 *
 * @param more how many issues there are besides
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

/** A validator's message often begins with the field's name; it is not repeated after the path. */
function tell({ path, message }: Issue): string {
  if (path === '') return message;
  const field = path.slice(path.lastIndexOf('.') + 1);
  return message.startsWith(`${field} `) ? `${path}${message.slice(field.length)}` : `${path}: ${message}`;
}
