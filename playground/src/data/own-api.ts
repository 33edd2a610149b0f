import type { PageOptions } from './page-options';

/** Something that is wrong with the set-up of the server. */
export interface StartupProblem {
  /** The class and method. */
  where?: string;
  message: string;
  fix?: string;
}

/** What the server tells the page at its start. */
export interface PageConfig {
  /** Names the server that runs: another one after a restart. */
  instance: string;
  /** Why the chat does not start. */
  problems: StartupProblem[];
  /** Where the chat is; absent where it is one folder above the page. */
  api?: string;
  /** Whether the chat is of the same process, so that the inspector can look behind the wire. */
  inspects: boolean;
  options: PageOptions;
  users: Record<string, { headers: Record<string, string> }>;
  /** Hosts whose images are loaded. */
  images: string[];
  hasEntities: boolean;
}

/** A problem that the server told of. */
export class OwnApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Asks the playground's own routes, below the page. */
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

/** Where the chat is, as a URL without a slash at its end, which not every router takes. */
export function chatUrl({ api }: PageConfig): string {
  const { href } = new URL(api ?? '..', document.baseURI);
  return api === undefined ? href.replace(/\/$/, '') : href;
}
