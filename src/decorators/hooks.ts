import type { HandlerKind } from '../metadata';
import { declares } from './declare';
import type { HandlerDecoration } from './handler-decoration';

const hook = <K extends HandlerKind>(kind: K, decorator: string): HandlerDecoration<K> =>
  declares(decorator, () => ({ kind, decorator, patterns: [], definedNames: [] }));

/**
 * Called with the items a user rated: `(feedback, ctx)`.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@OnFeedback()`
 * async rate({ item_ids, kind }: FeedbackInput, ctx: ChatContext) { await this.ratings.save(item_ids, kind); }
 */
export function OnFeedback(): HandlerDecoration<'feedback'> {
  return hook('feedback', '@OnFeedback');
}

/**
 * Turns recorded speech into text: `(audio, ctx)`, returning the text.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@OnTranscribe()`
 * transcribe(audio: AudioInput) { return this.speech.toText(audio); }
 */
export function OnTranscribe(): HandlerDecoration<'transcribe'> {
  return hook('transcribe', '@OnTranscribe');
}

/**
 * Called when a stream was cancelled, with the items that were still being written:
 * `(pending, ctx)`.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@OnStreamCancelled()`
 * cancelled(pending: AssistantMessageItem[], ctx: ChatContext) { ctx.log.info({ pending: pending.length }, 'stopped'); }
 */
export function OnStreamCancelled(): HandlerDecoration<'stream_cancelled'> {
  return hook('stream_cancelled', '@OnStreamCancelled');
}

/**
 * Returns the options of a stream before its first event: `(thread, ctx)`, returning
 * `{ allow_cancel }`.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@StreamOptions()`
 * options(thread: ThreadMetadata) { return { allow_cancel: thread.metadata['kind'] !== 'payment' }; }
 */
export function StreamOptions(): HandlerDecoration<'stream_options'> {
  return hook('stream_options', '@StreamOptions');
}
