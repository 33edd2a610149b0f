import { BadRequestError } from '../errors';
import type { ChatKitRequest, StructuredInputSubmission, UserMessageInput } from './requests';

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
