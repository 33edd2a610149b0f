import type { HandlerKind } from '../metadata';
import { declares } from './declare';
import type { MethodDecoration } from './decoration';

const hook = (kind: HandlerKind, decorator: string): MethodDecoration =>
  declares(decorator, () => ({ kind, decorator, patterns: [], links: [] }));

/**
 * Called with the items a user rated: `(feedback, ctx)`.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@OnFeedback()`
 * async rate({ item_ids, kind }: FeedbackInput, ctx: ChatContext) { await this.ratings.save(item_ids, kind); }
 */
export function OnFeedback(): MethodDecoration {
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
export function OnTranscribe(): MethodDecoration {
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
export function OnStreamCancelled(): MethodDecoration {
  return hook('stream_cancelled', '@OnStreamCancelled');
}

/**
 * Says how a stream presents itself before its first event: `(thread, ctx)`, returning
 * `{ allow_cancel }`.
 *
 * @throws TypeError when it stands elsewhere than on a method of an instance.
 * @example
 * `@StreamOptions()`
 * options(thread: ThreadMetadata) { return { allow_cancel: thread.metadata['kind'] !== 'payment' }; }
 */
export function StreamOptions(): MethodDecoration {
  return hook('stream_options', '@StreamOptions');
}
