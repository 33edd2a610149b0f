import type { ChatKitApp } from '../app';
import type { Awaitable } from '../store';

/** An entity of the application that a user may mention with `@`. */
export interface Entity {
  id: string;
  title: string;
  icon?: string;
  /** The heading of its group in the list. */
  group?: string;
  interactive?: boolean;
  /** Sent back with the message that mentions it. */
  data?: Record<string, unknown>;
}

/** The request behind a search for entities. */
export interface EntityContext {
  /** The request object of the adapter. */
  request: unknown;
}

/** A user that the page can act as: headers that the app's own authentication reads. */
export interface PlaygroundUser {
  headers: Record<string, string>;
}

/** The part of an adapter's result that the playground needs. */
export interface Chat {
  readonly app: ChatKitApp<never, never>;
}

interface CommonOptions {
  /** The path of the page, for servers that keep the mount in the URL; `/chatkit/playground` by default. */
  path?: string;
  /**
   * Options of ChatKit's own page, under the same names, as far as they are data: `composer`,
   * `startScreen`, `header`, `history`, `threadItemActions`, `disclaimer`, `theme`, `locale`,
   * `api.uploadStrategy`.
   */
  options?: Record<string, unknown>;
  /** Users for the page's menu. `context`, `owner` and guards apply to them as to any other user. */
  users?: Record<string, PlaygroundUser>;
  /** Finds the entities that a user may mention with `@`. */
  entities?: (query: string, context: EntityContext) => Awaitable<readonly Entity[]>;
  /**
   * Hosts whose images the page may load, such as `cdn.example` or `*.cdn.example`. Other images show a
   * placeholder.
   */
  images?: readonly string[];
  /** Origins of uploads, if they do not go to the chat, such as `https://storage.example`. */
  uploads?: readonly string[];
  /** Host names by which the page is reached, besides `localhost` and IP addresses. */
  hosts?: readonly string[];
  /** Whether the page is served; by default in development only. */
  enabled?: boolean;
}

/** Options of a playground: for the chat of this process, or for any ChatKit backend by its URL. */
export type PlaygroundOptions = CommonOptions &
  (
    | {
        /** The chat: the result of an adapter's `chatkit(…)`. */
        chat: Chat;
        /** The URL of the chat for the browser; by default one folder above the page. */
        api?: string;
        failed?: unknown;
      }
    | { chat?: undefined; api: string; failed?: unknown }
    | {
        chat?: undefined;
        api?: string;
        /** The error of `chatkit(…)`. The page lists its problems until the server restarts. */
        failed: unknown;
      }
  );
