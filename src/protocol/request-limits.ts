import { BadRequestError } from '../errors';
import { isRecord } from './json';
import type { RequestLimits } from './limits';
import type { ChatKitRequest, StructuredInputSubmission, UserMessageInput } from './requests';

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
