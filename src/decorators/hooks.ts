import type { HandlerKind } from '../metadata';
import { declares } from './declare';
import type { HandlerDecoration } from './handler-decoration';

const hook = <K extends HandlerKind>(kind: K, decorator: string): HandlerDecoration<K> =>
  declares(decorator, () => ({ kind, decorator, patterns: [], definedNames: [] }));

/**
 * Makes a method the handler for ratings of items: `(feedback, ctx)`.
 *
 * @throws TypeError when the decorator is not on an instance method.
 * @example
 * `@OnFeedback()`
 * async rate({ item_ids, kind }: FeedbackInput, ctx: ChatContext) { await this.ratings.save(item_ids, kind); }
 */
export function OnFeedback(): HandlerDecoration<'feedback'> {
  return hook('feedback', '@OnFeedback');
}

/**
 * Makes a method the handler that transcribes recorded speech: `(audio, ctx)`, returning the text.
 *
 * @throws TypeError when the decorator is not on an instance method.
 * @example
 * `@OnTranscribe()`
 * transcribe(audio: AudioInput) { return this.speech.toText(audio); }
 */
export function OnTranscribe(): HandlerDecoration<'transcribe'> {
  return hook('transcribe', '@OnTranscribe');
}

/**
 * Makes a method the handler for cancelled streams: `(pending, ctx)`, with the items that were still being
 * written.
 *
 * @throws TypeError when the decorator is not on an instance method.
 * @example
 * `@OnStreamCancelled()`
 * cancelled(pending: AssistantMessageItem[], ctx: ChatContext) { ctx.log.info({ pending: pending.length }, 'stopped'); }
 */
export function OnStreamCancelled(): HandlerDecoration<'stream_cancelled'> {
  return hook('stream_cancelled', '@OnStreamCancelled');
}

/**
 * Makes a method provide the options of a stream before its first event: `(thread, ctx)`, returning
 * `{ allow_cancel }`.
 *
 * @throws TypeError when the decorator is not on an instance method.
 * @example
 * `@StreamOptions()`
 * options(thread: ThreadMetadata) { return { allow_cancel: thread.metadata['kind'] !== 'payment' }; }
 */
export function StreamOptions(): HandlerDecoration<'stream_options'> {
  return hook('stream_options', '@StreamOptions');
}
