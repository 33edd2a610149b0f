import type { Attachment, InferenceOptions, UserMessageContent, UserMessageInput } from '../protocol';

/** A message in parts; only `content` must be there. */
export interface MessageParts {
  content: string | UserMessageContent[];
  /** Attachments that were created before, or their ids. */
  attachments?: readonly (string | Attachment)[] | undefined;
  quoted_text?: string | undefined;
  inference_options?: InferenceOptions | undefined;
}

/**
 * What the user says: a text, or a message in parts.
 *
 * @example
 * client.threads.create('Hello');
 * client.threads.create({ content: 'What is this?', attachments: [photo], inference_options: { model: 'm1' } });
 */
export type MessageInput = string | MessageParts;

/** A message as it is sent. */
export function toUserMessageInput(input: MessageInput): UserMessageInput {
  const {
    content,
    attachments = [],
    quoted_text,
    inference_options = {},
  } = typeof input === 'string' ? { content: input } : input;
  return {
    content: typeof content === 'string' ? [{ type: 'input_text', text: content }] : content,
    attachments: attachments.map((each) => (typeof each === 'string' ? each : each.id)),
    quoted_text,
    inference_options,
  };
}
