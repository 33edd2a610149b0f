import type { ChatContext } from '../context';
import type { UserMessageItem } from '../protocol';
import type { Awaitable } from '../store';
import type { AgentLike } from './sdk/agent';
import { sdkOf } from './sdk/load-sdk';

/** Makes a title of a user's message; nothing where it has none. */
export type TitleFor = (message: UserMessageItem, signal: AbortSignal) => Awaitable<string | undefined>;

/** In characters. */
const MAX_TITLE = 80;

/**
 * Names a thread that has no title after the message to be answered: by a function, or by an agent whose
 * output is the title. Call it and go on: the answer does not wait for it. The page hears of the title
 * with the next event of the answer; await it at the end where the answer may be faster.
 *
 * @returns when the thread is named, or need not be. What goes wrong is logged.
 *
 * @example
 * `@OnMessage()`
 * async *reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   const named = titleThread(ctx, titleAgent);
 *   yield* runAgent(agent, ctx);
 *   await named;
 * }
 */
export async function titleThread<T>(ctx: ChatContext<T>, by: TitleFor | AgentLike): Promise<void> {
  const { message, thread, signal, store } = ctx;
  if (message === null || thread.title !== undefined) return;
  try {
    const made = typeof by === 'function' ? await by(message, signal) : await titleBy(by, message, signal);
    const title = tidy(made ?? '');
    if (title === '' || signal.aborted) return;
    // The user may have named it meanwhile.
    if ((await store.loadThread(thread.id)).title !== undefined) return;
    await store.patchThread(thread.id, { title }); // the run may be over, and see no change of its thread
    thread.title = title;
  } catch (error) {
    if (!signal.aborted) ctx.log.warn({ err: error }, 'the thread could not be named');
  }
}

async function titleBy(agent: AgentLike, message: UserMessageItem, signal: AbortSignal): Promise<string> {
  const { run } = await sdkOf(agent);
  const text = message.content.map((part) => part.text).join('');
  const { finalOutput } = await run(agent, text, { signal });
  return typeof finalOutput === 'string' ? finalOutput : '';
}

/** One line, without the quotes that models like to put around it. */
function tidy(title: string): string {
  const line = title.replace(/\s+/g, ' ').replace(/^["'“”‘’\s]+|["'“”‘’.\s]+$/g, '');
  return Array.from(line).slice(0, MAX_TITLE).join('');
}
