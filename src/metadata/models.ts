import type { ChatContext } from '../context';
import type { FilterLike, GuardLike, InterceptorLike, PayloadType } from './contracts';

/** The kinds of handlers. `action` and `message` return a stream of events, the others one value. */
export type HandlerKind =
  'action' | 'sync_action' | 'message' | 'feedback' | 'transcribe' | 'stream_cancelled' | 'stream_options';

/** The arguments of one `@OnAction`, `@OnMessage`, … */
export interface HandlerDeclaration {
  kind: HandlerKind;
  /** The decorator's name, for messages: `@OnAction`. */
  decorator: string;
  /** Action names and patterns without the controller's prefix; empty for other kinds. */
  patterns: readonly (string | RegExp)[];
  /** Names from action definitions. They get no prefix, since the widget sends them as they are. */
  definedNames: readonly string[];
  /**
   * The payload type from the decorator or the action definition; `'none'` if the definition has no
   * payload.
   */
  payload?: PayloadType | 'none' | undefined;
  /** Handles only messages for which the user chose this tool or model. */
  tool?: string | undefined;
  model?: string | undefined;
  description?: string | undefined;
  /** Whether the action must have a valid signature; a list names the fields that must be signed. */
  signed?: boolean | readonly string[] | undefined;
  /** Whether a button may be used only once. */
  once?: boolean | undefined;
  /** Whether the stored widget must contain the action. Default: the app's `actionsFromWidgetOnly`. */
  fromWidgetOnly?: boolean | undefined;
}

/** The value that a parameter decorator passes. */
export type ParamSource =
  | { kind: 'payload'; type?: PayloadType | undefined }
  | { kind: 'sender' | 'thread' | 'action' | 'context' | 'message' | 'signal' }
  | { kind: 'custom'; decorator: string; resolve: (ctx: ChatContext) => unknown };

/** All decorator metadata of one method. */
export interface MethodMetadata {
  handlers: readonly HandlerDeclaration[];
  /** By parameter position; undecorated parameters are absent. */
  params: ReadonlyMap<number, ParamSource>;
  guards: readonly GuardLike[];
  interceptors: readonly InterceptorLike[];
  filters: readonly FilterLike[];
}

/** All decorator metadata of one class. */
export interface ClassMetadata {
  /** Set by `@ChatController`. The prefix is joined to action patterns with a dot. */
  controller?: { prefix: string } | undefined;
  guards: readonly GuardLike[];
  interceptors: readonly InterceptorLike[];
  filters: readonly FilterLike[];
}
