import type { LoggedRequest } from '../../data/logged-request';
import { parsed } from '../parsed';

/** The parameters of all requests of a thread; each request has some of them. */
export interface Sent {
  thread_id?: string;
  item_id?: string;
  item_ids?: string[];
  kind?: string;
  action?: { type?: string; payload?: unknown };
  input?: {
    content?: { type: string; text: string }[];
    attachments?: string[];
    quoted_text?: string;
    inference_options?: object;
  };
  result?: unknown;
}

export function sentIn({ body }: LoggedRequest): Sent {
  const { params = {} } = parsed(body) as { params?: Sent };
  return params;
}

/** The id of a request's thread, or of the thread that it created. */
export function threadOf(request: LoggedRequest): string | undefined {
  const { thread_id } = sentIn(request);
  if (thread_id !== undefined || request.operation !== 'threads.create') return thread_id;
  const made = request.events.map(({ text }) => parsed(text) as { type?: string; thread?: { id: string } });
  return made.find(({ type }) => type === 'thread.created')?.thread?.id;
}
