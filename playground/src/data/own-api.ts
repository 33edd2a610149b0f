import type { PageOptions } from './page-options';

/** A startup problem of the server. */
export interface StartupProblem {
  /** The class and method. */
  where?: string;
  message: string;
  fix?: string;
}

/** The configuration that the page loads from the server at its start. */
export interface PageConfig {
  /** The id of the running server; changes with a restart. */
  instance: string;
  /** Why the chat does not start. */
  problems: StartupProblem[];
  /** The URL of the chat; absent if it is the parent path of the page. */
  api?: string;
  /** Whether the chat runs in the server's process, so that the inspector can show handlers and store. */
  inspects: boolean;
  options: PageOptions;
  users: Record<string, { headers: Record<string, string> }>;
  /** Hosts from which images are loaded. */
  images: string[];
  hasEntities: boolean;
}

/** An error response of the playground's own routes. */
export class OwnApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Sends a request to one of the playground's own routes, below the page. */
export async function ask<T>(
  name: string,
  body: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(`./api/${name}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'x-chatkit-playground': '1' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new OwnApiError(
    messageIn(text) ?? `The server answered with ${String(response.status)}.`,
    response.status,
  );
}

function messageIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? error.message : undefined;
  } catch {
    return undefined;
  }
}

/** The URL of the chat, without a trailing slash, which some routers do not accept. */
export function chatUrl({ api }: PageConfig): string {
  const { href } = new URL(api ?? '..', document.baseURI);
  return api === undefined ? href.replace(/\/$/, '') : href;
}
