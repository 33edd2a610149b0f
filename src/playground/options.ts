import type { ChatKitApp } from '../app';
import type { Awaitable } from '../store';

/** A thing of the application that a user may mention with `@`. */
export interface Entity {
  id: string;
  title: string;
  icon?: string;
  /** The heading under which it is listed. */
  group?: string;
  interactive?: boolean;
  /** Comes back with the message that mentions it. */
  data?: Record<string, unknown>;
}

/** The user who searches: whatever `context` makes of the request. */
export interface EntityContext {
  /** The request as the adapter has it. */
  request: unknown;
}

/** A user that the page can act as: the headers that the app's own authentication reads. */
export interface PlaygroundUser {
  headers: Record<string, string>;
}

/** What an adapter returns, as far as the playground needs it. */
export interface Chat {
  readonly app: ChatKitApp<never, never>;
}

interface CommonOptions {
  /** Where the page is, for hosts that do not take a mount's path off the URL; `/chatkit/playground` by default. */
  path?: string;
  /**
   * What ChatKit's page would be configured with, under the same names, as far as it is data: `composer`,
   * `startScreen`, `header`, `history`, `threadItemActions`, `disclaimer`, `theme`, `locale`, `api.uploadStrategy`.
   */
  options?: Record<string, unknown>;
  /** Identities for the page's user menu. `context`, `owner` and guards decide about them as about any other. */
  users?: Record<string, PlaygroundUser>;
  /** Finds what a user may mention with `@`. */
  entities?: (query: string, context: EntityContext) => Awaitable<readonly Entity[]>;
  /** Hosts whose images the page may load, as `cdn.example` or `*.cdn.example`; for others it shows a placeholder. */
  images?: readonly string[];
  /** Origins that uploads go to, if not the chat's own, as `https://storage.example`. */
  uploads?: readonly string[];
  /** Host names by which the page is reached, besides `localhost` and IP addresses. */
  hosts?: readonly string[];
  /** Whether it is there; by default in development only. */
  enabled?: boolean;
}

/** Options of a playground: for the chat of this process, or for any ChatKit backend by its URL. */
export type PlaygroundOptions = CommonOptions &
  (
    | {
        /** The chat: what `chatkit(…)` of an adapter returned. */
        chat: Chat;
        /** Where the browser finds it; by default one folder above the page. */
        api?: string;
        failed?: unknown;
      }
    | { chat?: undefined; api: string; failed?: unknown }
    | {
        chat?: undefined;
        api?: string;
        /** What `chatkit(…)` threw: the page lists all that is wrong, until the server is started anew. */
        failed: unknown;
      }
  );
