import type { ChatContext } from '../context';
import type { FilterLike, GuardLike, InterceptorLike, PayloadType } from './contracts';

/** What each kind of handler answers: a stream of events, or one value. */
export type HandlerKind =
  'action' | 'sync_action' | 'message' | 'feedback' | 'transcribe' | 'stream_cancelled' | 'stream_options';

/** One `@OnAction`, `@OnMessage`, … as it was written. */
export interface HandlerDeclaration {
  kind: HandlerKind;
  /** The decorator, for messages: `@OnAction`. */
  decorator: string;
  /** Action names and patterns, to which the controller's prefix is still to be joined; empty for other kinds. */
  patterns: readonly (string | RegExp)[];
  /** Names that action definitions gave. They are whole: the widget sends them as they are, without a prefix. */
  definedNames: readonly string[];
  /**
   * The payload's type, where the decorator or an action definition names it; `'none'` where a
   * definition says that the action has no payload.
   */
  payload?: PayloadType | 'none' | undefined;
  /** Only for messages for which the user chose this tool or model. */
  tool?: string | undefined;
  model?: string | undefined;
  description?: string | undefined;
  /** Whether the action must carry a valid signature; of these fields at least. */
  signed?: boolean | readonly string[] | undefined;
  /** Whether the same button may be used once only. */
  once?: boolean | undefined;
  /** Whether the sender, as stored, must be able to send the action; as the application says by default. */
  fromWidgetOnly?: boolean | undefined;
}

/** What a parameter decorator asks for. */
export type ParamSource =
  | { kind: 'payload'; type?: PayloadType | undefined }
  | { kind: 'sender' | 'thread' | 'action' | 'context' | 'message' | 'signal' }
  | { kind: 'custom'; decorator: string; resolve: (ctx: ChatContext) => unknown };

/** Everything that decorators wrote on one method. */
export interface MethodMetadata {
  handlers: readonly HandlerDeclaration[];
  /** By position; absent where the parameter is undecorated. */
  params: ReadonlyMap<number, ParamSource>;
  guards: readonly GuardLike[];
  interceptors: readonly InterceptorLike[];
  filters: readonly FilterLike[];
}

/** Everything that decorators wrote on one class. */
export interface ClassMetadata {
  /** Set by `@ChatController`; joined to action patterns with a dot. */
  controller?: { prefix: string } | undefined;
  guards: readonly GuardLike[];
  interceptors: readonly InterceptorLike[];
  filters: readonly FilterLike[];
}
