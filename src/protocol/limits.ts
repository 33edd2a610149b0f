import { BadRequestError } from '../errors';
import { isRecord } from './guards';
import type { ChatKitRequest, StructuredInputSubmission, UserMessageInput } from './requests';

/** Size limits for a JSON value from outside. */
export interface Limits {
  /** Nesting depth of objects and arrays, including the outermost. */
  depth: number;
  /** Elements of one array. */
  arrayLength: number;
  /** Keys of one object. */
  objectKeys: number;
  /** Length of one string, in UTF-16 code units. A recording (`audio_base64`) is exempt. */
  stringLength: number;
  /**
   * Total number of values and object keys at any depth. In a body, a number longer than 25 characters counts
   * once for every 25 characters, since it takes that much longer to parse.
   */
  values: number;
}

/** Size limits for a request. */
export interface RequestLimits extends Limits {
  /**
   * Text that a user sends in one request, in UTF-16 code units: a whole message (its parts, tags with their
   * data, the quote), the answers to questions, or a title. It is stored, returned with every page, and sent
   * to the model.
   */
  userText: number;
  /** Attachments of one message. Their records are stored with the message. */
  attachments: number;
  /**
   * Entries in the protocol's other lists: parts of a message, ids of feedback, and answers counted together
   * with all their values.
   */
  entries: number;
}

export const DEFAULT_LIMITS: Readonly<RequestLimits> = Object.freeze({
  depth: 32,
  arrayLength: 10_000,
  objectKeys: 1_000,
  stringLength: 1_000_000,
  values: 50_000, // takes tens of milliseconds to parse, whatever its structure
  userText: 200_000, // about 100 printed pages, 50,000 tokens; longer text belongs in a file
  attachments: 100,
  entries: 1_000, // if every entry is wrong, creating the issues takes milliseconds
});

/** The position of a container. The path is only built for an error. */
interface Place {
  readonly container: object;
  readonly key: string | number;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/** Keys come from outside and appear in error messages, so they are cut to this length. */
const SHOWN_KEY_LENGTH = 64;

function pathTo(place: Place | undefined, key: string | number, root: string): string {
  const keys: string[] = [];
  const add = (each: string | number): void => void keys.push(String(each).slice(0, SHOWN_KEY_LENGTH));
  add(key);
  for (let at = place; at?.parent !== undefined; at = at.parent) add(at.key);
  if (root !== '') keys.push(root);
  return keys.reverse().join('.');
}

function refusal(code: string, path: string, problem: string, fix: string): BadRequestError {
  const subject = path === '' ? 'The value' : path;
  return new BadRequestError(`${subject} ${problem}. ${fix}`, {
    code,
    issues: [{ path, message: problem }],
  });
}

function refuse(...details: Parameters<typeof refusal>): never {
  throw refusal(...details);
}

/**
 * Rejects a value that is nested too deeply, is too large, or has a `__proto__` key, as `JSON.parse` creates
 * them. It does not recurse, so it is safe to call before any code that does.
 *
 * @param path The position of the value, for the error: `params.action.payload`.
 * @param exempt The path of one string that may have any length.
 * @throws BadRequestError with the code `payload_too_deep`, `payload_too_large` or `forbidden_key`
 * @example assertWithinLimits(JSON.parse(text), { ...DEFAULT_LIMITS, depth: 8 });
 */
export function assertWithinLimits(
  value: unknown,
  limits: Limits = DEFAULT_LIMITS,
  path = '',
  exempt?: string,
): void {
  const pending: Place[] = [];
  let count = 0;

  const visit = (child: unknown, key: string | number, parent: Place | undefined): void => {
    count += 1;
    if (typeof child === 'string') {
      if (child.length <= limits.stringLength) return;
      const at = parent === undefined ? path : pathTo(parent, key, path);
      if (at === exempt) return;
      const problem = `is a text of more than ${String(limits.stringLength)} characters`;
      refuse('payload_too_large', at, problem, 'Send a shorter text, or large data as an attachment.');
    }
    if (typeof child !== 'object' || child === null) return;
    const depth = parent === undefined ? 1 : parent.depth + 1;
    if (depth > limits.depth) {
      const problem = `is nested more than ${String(limits.depth)} levels deep`;
      refuse('payload_too_deep', pathTo(parent, key, path), problem, 'Send flatter data.');
    }
    pending.push({ container: child, key, parent, depth });
  };

  visit(value, '', undefined);
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { container } = place;
    if (count > limits.values) throw tooManyValues(limits.values, path);
    if (Array.isArray(container)) {
      if (container.length > limits.arrayLength) {
        const problem = `is an array of more than ${String(limits.arrayLength)} elements`;
        refuse('payload_too_large', pathOf(place, path), problem, 'Send it in parts.');
      }
      for (let index = 0; index < container.length; index += 1) visit(container[index], index, place);
      continue;
    }
    const keys = Object.keys(container);
    if (keys.length > limits.objectKeys) {
      const problem = `is an object of more than ${String(limits.objectKeys)} keys`;
      refuse('payload_too_large', pathOf(place, path), problem, 'Send it in parts.');
    }
    count += keys.length;
    for (const key of keys) {
      if (key === '__proto__') {
        refuse('forbidden_key', pathTo(place, key, path), 'is a forbidden key', 'Rename it.');
      }
      visit((container as Record<string, unknown>)[key], key, place);
    }
  }
  if (count > limits.values) throw tooManyValues(limits.values, path);
}

/** The error for a value with more values and keys than the limit. */
export function tooManyValues(limit: number, path = ''): BadRequestError {
  const problem = `holds more than ${String(limit)} values and keys`;
  return refusal('payload_too_large', path, problem, 'Send it in parts.');
}

function pathOf(place: Place, root: string): string {
  return place.parent === undefined ? root : pathTo(place.parent, place.key, root);
}

interface Refusal {
  readonly code: string;
  readonly fix: string;
}

const TOO_MANY_ATTACHMENTS: Refusal = {
  code: 'too_many_attachments',
  fix: 'Send the files with several messages.',
};
const TOO_MANY_ENTRIES: Refusal = { code: 'too_many_entries', fix: 'Send fewer.' };

/**
 * Rejects lists with too many entries before the schema runs: a schema creates an issue for every wrong entry
 * and cannot be stopped. Values that are not lists are left to the schema.
 *
 * @throws BadRequestError `too_many_attachments`, `too_many_entries`
 */
export function assertShortLists(
  params: unknown,
  limits: Pick<RequestLimits, 'attachments' | 'entries'>,
): void {
  if (!isRecord(params)) return;
  const { input, item_ids } = params;
  assertShort(lengthOf(item_ids), limits.entries, 'params.item_ids', TOO_MANY_ENTRIES);
  if (!isRecord(input)) return;
  assertShort(
    lengthOf(input['attachments']),
    limits.attachments,
    'params.input.attachments',
    TOO_MANY_ATTACHMENTS,
  );
  assertShort(lengthOf(input['content']), limits.entries, 'params.input.content', TOO_MANY_ENTRIES);
  assertShort(answersIn(input['answers']), limits.entries, 'params.input.answers', TOO_MANY_ENTRIES);
}

function assertShort(length: number, limit: number, path: string, { code, fix }: Refusal): void {
  if (length <= limit) return;
  const message = `has more than ${String(limit)} entries`;
  throw new BadRequestError(`${path} ${message}. ${fix}`, { code, issues: [{ path, message }] });
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The number of questions plus the number of values. */
function answersIn(answers: unknown): number {
  if (!isRecord(answers)) return 0;
  let count = 0;
  for (const answer of Object.values(answers)) {
    count += 1 + (isRecord(answer) ? lengthOf(answer['values']) : 0);
  }
  return count;
}

/** The text that a user has written in a request: its path and all its strings. */
interface UserText {
  path: string;
  texts: Iterable<string>;
}

function userTextOf({ type, params }: ChatKitRequest): UserText | undefined {
  switch (type) {
    case 'threads.create':
    case 'threads.add_user_message':
      return { path: 'params.input', texts: textsOfMessage(params.input) };
    case 'threads.add_structured_input':
      return { path: 'params.input.answers', texts: textsOfAnswers(params.input) };
    case 'threads.update':
      return { path: 'params.title', texts: [params.title] };
    default:
      return undefined;
  }
}

/** Everything that is stored with a message, except the attachment records. */
function* textsOfMessage(input: UserMessageInput): Generator<string> {
  for (const part of input.content) {
    yield part.text;
    if (part.type === 'input_tag') yield* [part.id, part.group ?? '', JSON.stringify(part.data)];
  }
  yield input.quoted_text ?? '';
  yield* input.attachments;
  const { model, tool_choice } = input.inference_options;
  yield* [model ?? '', tool_choice?.id ?? ''];
}

function* textsOfAnswers({ answers }: StructuredInputSubmission): Generator<string> {
  for (const [question, { values }] of Object.entries(answers)) {
    yield question;
    yield* values;
  }
}

/**
 * Rejects a request with more user text than the limit.
 *
 * @param limit The total length of all texts, in UTF-16 code units.
 * @throws BadRequestError `text_too_long`, whose issue names the field
 */
export function assertUserText(request: ChatKitRequest, limit: number): void {
  const said = userTextOf(request);
  if (said === undefined) return;
  let length = 0;
  for (const text of said.texts) {
    length += text.length;
    if (length <= limit) continue;
    const message = `has more than ${String(limit)} characters of text`;
    throw new BadRequestError(`${said.path} ${message}. Send less, or the text as a file.`, {
      code: 'text_too_long',
      issues: [{ path: said.path, message }],
    });
  }
}
