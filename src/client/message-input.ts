import type { Attachment, InferenceOptions, UserMessageContent, UserMessageInput } from '../protocol';

/** A message in parts; only `content` is required. */
export interface MessageParts {
  content: string | UserMessageContent[];
  /** Attachments created with `client.attachments.create`, or their ids. */
  attachments?: readonly (string | Attachment)[] | undefined;
  quoted_text?: string | undefined;
  inference_options?: InferenceOptions | undefined;
}

/**
 * A user message: a text, or a message in parts.
 *
 * @example
 * client.threads.create('Hello');
 * client.threads.create({ content: 'What is this?', attachments: [photo], inference_options: { model: 'm1' } });
 */
export type MessageInput = string | MessageParts;

/** Converts a message to its protocol form. */
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
