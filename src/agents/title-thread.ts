import type { ChatContext } from '../context';
import type { UserMessageItem } from '../protocol';
import type { Awaitable } from '../store';
import { until } from './run/promises';
import type { AgentLike } from './sdk/agent';
import { sdkOf } from './sdk/load-sdk';

/** Returns a title for a user's message, or `undefined` for none. */
export type TitleFor = (message: UserMessageItem, signal: AbortSignal) => Awaitable<string | undefined>;

/** Maximum length of a title, in characters. */
const MAX_TITLE = 80;

/**
 * Sets the title of a thread that has none, based on the message to answer: by a function that returns the
 * title, or an agent whose output is the title. Call it without `await`, so that the answer does not wait.
 * The client gets the title with the next event; await the promise at the end, in case the answer is faster.
 *
 * @returns resolves when the title is set, or not needed; never rejects: errors are logged
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
    const making = typeof by === 'function' ? by(message, signal) : titleBy(by, message, signal);
    const made = await until(signal, Promise.resolve(making));
    const title = tidy(made ?? '');
    if (title === '' || signal.aborted) return;
    // The user may have set a title meanwhile.
    if ((await store.loadThread(thread.id)).title !== undefined) return;
    await store.patchThread(thread.id, { title }); // a run that is over stores no change of `thread`
    thread.title = title;
  } catch (error) {
    if (!signal.aborted) ctx.log.warn({ err: error }, 'the thread could not be named');
  }
}

async function titleBy(agent: AgentLike, message: UserMessageItem, signal: AbortSignal): Promise<string> {
  const text = message.content.map((part) => part.text).join('');
  if (text.trim() === '') return ''; // only files: a later message names the thread
  const { run } = await sdkOf(agent);
  const { finalOutput } = await run(agent, text, { signal });
  return typeof finalOutput === 'string' ? finalOutput : '';
}

/** Makes it one line, without the quotes that models often put around it. */
function tidy(title: string): string {
  const line = title.replace(/\s+/g, ' ').replace(/^["'“”‘’\s]+|["'“”‘’.\s]+$/g, '');
  return Array.from(line).slice(0, MAX_TITLE).join('');
}
