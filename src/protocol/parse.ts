import type { z } from 'zod';
import { BadRequestError, IssueList, shorten, type Issue } from '../errors';
import { addIssues, show } from './issues';
import { isRecord } from './guards';
import { assertWithinLimits, DEFAULT_LIMITS, type RequestLimits } from './limits';
import type { ChatKitRequest, Operation, StructuredInputSubmission, UserMessageInput } from './requests';
import { paramsSchemas } from './schemas/requests';

/** Every operation of the protocol, in no particular order. */
export const OPERATIONS = Object.freeze(Object.keys(paramsSchemas) as Operation[]);

/** By name, since the name comes from outside: a Map knows no `constructor` and no `__proto__`. */
const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(paramsSchemas));

/** A recording is bounded by the size of the body alone. */
const RECORDING = 'params.audio_base64';

const SHOWN_NAME_LENGTH = 64;

function refuse(subject: string, issues: readonly Issue[], fix: string, moreIssues = 0): never {
  const [first] = issues;
  const problem =
    first === undefined ? '' : [first.path, first.message].filter((part) => part !== '').join(': ');
  const others = issues.length - 1 + moreIssues;
  const more = others > 0 ? ` (and ${String(others)} more)` : '';
  throw new BadRequestError(`${subject}: ${problem}${more}. ${fix}`, { issues, moreIssues });
}

function schemaFor(type: unknown): z.ZodType {
  const schema = typeof type === 'string' ? SCHEMAS.get(type) : undefined;
  if (schema !== undefined) return schema;
  const fix = `Name one of: ${OPERATIONS.join(', ')}.`;
  if (typeof type !== 'string') {
    const message = type === undefined ? 'is required' : `expected string, got ${show(type)}`;
    refuse('The request names no operation', [{ path: 'type', message }], fix);
  }
  const shown = JSON.stringify(shorten(type, SHOWN_NAME_LENGTH));
  throw new BadRequestError(`There is no operation ${shown}. ${fix}`, {
    code: 'unknown_operation',
    issues: [{ path: 'type', message: 'is no operation of the ChatKit protocol' }],
  });
}

/**
 * Makes a request out of a parsed JSON body: defaults filled in, unknown keys left behind, lax where
 * the reference is lax. Free-form data (payload, result, metadata) is passed on, not copied.
 *
 * @throws BadRequestError whose `issues` name each field; its code is `unknown_operation` for an
 * unknown `type`, one of {@link assertWithinLimits} for a body beyond the limits, `text_too_long` where a
 * user says too much at once, `too_many_attachments`, `too_many_entries`
 * @example
 * const request = parseRequest(JSON.parse(text));
 * if (request.type === 'threads.get_by_id') request.params.thread_id;
 */
export function parseRequest(body: unknown, limits: RequestLimits = DEFAULT_LIMITS): ChatKitRequest {
  if (!isRecord(body)) {
    const message = `expected object, got ${show(body)}`;
    refuse('The body is no request', [{ path: '', message }], 'Send { "type": …, "params": { … } }.');
  }
  const { type, params, metadata = {} } = body;
  assertWithinLimits(body, limits, '', type === 'input.transcribe' ? RECORDING : undefined);

  const schema = schemaFor(type);
  assertShortLists(params, limits);
  const parsed = schema.safeParse(params);
  if (!parsed.success || !isRecord(metadata)) {
    const found = new IssueList();
    if (!parsed.success) addIssues(found, parsed.error.issues, params, ['params']);
    if (!isRecord(metadata)) {
      found.add(() => ({ path: 'metadata', message: `expected object, got ${show(metadata)}` }));
    }
    refuse(`Invalid ${String(type)}`, found.kept, 'Correct the fields that `issues` names.', found.more);
  }
  // The schema was chosen by `type`, and type tests hold each equal to its interface.
  const request = { type, params: parsed.data, metadata } as ChatKitRequest;
  assertUserText(request, limits.userText);
  return request;
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
 * Refuses lists with more entries than may be, before a schema sees them: it makes an issue for each
 * entry that is wrong, and cannot be stopped. What is of another type is left to the schema.
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

/** How many questions and values there are. */
function answersIn(answers: unknown): number {
  if (!isRecord(answers)) return 0;
  let count = 0;
  for (const answer of Object.values(answers)) {
    count += 1 + (isRecord(answer) ? lengthOf(answer['values']) : 0);
  }
  return count;
}

/** What a user has written in a request: where it is, and all its texts. */
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

/** All that is stored with a message, the records of its attachments apart. */
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
 * Refuses a request in which a user says more at once than may be.
 *
 * @param limit in UTF-16 code units, all texts together
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
