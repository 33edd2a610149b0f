/** Requests as the client sends them. */

export interface Wire {
  type: string;
  params?: unknown;
  metadata?: unknown;
}

export function userInput(text: string, extra: Record<string, unknown> = {}) {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {}, ...extra };
}

export const create = (text = 'Hello', extra?: Record<string, unknown>): Wire => ({
  type: 'threads.create',
  params: { input: userInput(text, extra) },
});

export const say = (thread_id: string, text = 'Hello', extra?: Record<string, unknown>): Wire => ({
  type: 'threads.add_user_message',
  params: { thread_id, input: userInput(text, extra) },
});

export const act = (
  thread_id: string,
  item_id: string | undefined,
  type: string,
  payload?: unknown,
): Wire => ({
  type: 'threads.custom_action',
  params: { thread_id, item_id, action: { type, payload } },
});

export const actSync = (
  thread_id: string,
  item_id: string | undefined,
  type: string,
  payload?: unknown,
): Wire => ({
  ...act(thread_id, item_id, type, payload),
  type: 'threads.sync_custom_action',
});

export const toolOutput = (thread_id: string, result: unknown): Wire => ({
  type: 'threads.add_client_tool_output',
  params: { thread_id, result },
});

export const answer = (thread_id: string, item_id: string, input: unknown): Wire => ({
  type: 'threads.add_structured_input',
  params: { thread_id, item_id, input },
});

export const retry = (thread_id: string, item_id: string): Wire => ({
  type: 'threads.retry_after_item',
  params: { thread_id, item_id },
});

export const getThread = (thread_id: string): Wire => ({ type: 'threads.get_by_id', params: { thread_id } });

export const listThreads = (page: object = {}): Wire => ({ type: 'threads.list', params: page });

export const rename = (thread_id: string, title: string): Wire => ({
  type: 'threads.update',
  params: { thread_id, title },
});

export const deleteThread = (thread_id: string): Wire => ({ type: 'threads.delete', params: { thread_id } });

export const listItems = (thread_id: string, page: object = {}): Wire => ({
  type: 'items.list',
  params: { thread_id, ...page },
});

export const feedback = (thread_id: string, item_ids: string[], kind = 'positive'): Wire => ({
  type: 'items.feedback',
  params: { thread_id, item_ids, kind },
});

export const announce = (name = 'cat.png', size = 3, mime_type = 'image/png'): Wire => ({
  type: 'attachments.create',
  params: { name, size, mime_type },
});

export const discard = (attachment_id: string): Wire => ({
  type: 'attachments.delete',
  params: { attachment_id },
});

export const dictate = (audio_base64: string, mime_type = 'audio/webm;codecs=opus'): Wire => ({
  type: 'input.transcribe',
  params: { audio_base64, mime_type },
});
