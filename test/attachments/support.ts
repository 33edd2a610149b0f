import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatController, OnMessage } from '../../src';
import type { Attachment } from '../../src/protocol';
import type { StoreScope } from '../../src/store';
import { DiskAttachmentStore, type DiskAttachmentStoreOptions } from '../../src/stores/disk-attachments';
import { serveChat, type TestChat, type TestChatOptions } from '../support/chat';
import { afterThisTest } from '../support/cleanup';
import type { Json } from '../support/client';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';

export const SECRET = 'a secret of thirty-two bytes, or a few more';
export const BYTES = Buffer.from('\x89PNG\r\n\r\n--not a picture--\r\n');

/** The adapters that differ in how bytes come in. */
export const FILE_ADAPTERS = (['node:http', 'Express 5', 'fetch'] as const).map(
  (name) => [name, ADAPTERS[name]!] as const,
);

@ChatController()
export class Silent {
  @OnMessage()
  reply(): void {
    // says nothing
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  json: Json;
  /** The code of an error. */
  code: string | undefined;
}

export interface FileChat extends TestChat {
  files: DiskAttachmentStore;
  directory: string;
  /** Announces a file; the whole answer. */
  announce(name?: string, size?: number, type?: string, user?: string): Promise<Attachment>;
  record(id: string, owner?: string): Promise<Attachment>;
  /** All files that are there, paths relative to the directory. */
  kept(): string[];
}

export async function serveFiles(
  adapter = ADAPTERS['node:http']!,
  disk: Partial<DiskAttachmentStoreOptions> = {},
  options: Partial<TestChatOptions> = {},
): Promise<FileChat> {
  const directory = disk.directory ?? temporaryDirectory();
  let url = 'http://localhost/chatkit';
  const files = new DiskAttachmentStore({ secret: SECRET, baseUrl: () => url, ...disk, directory });
  const chat = await serveChat({ controllers: [Silent], attachmentStore: files, ...options }, adapter);
  url = chat.url;
  return {
    ...chat,
    files,
    directory,
    async announce(name = 'cat.png', size = BYTES.length, type = 'image/png', user = 'alice') {
      const answer = await chat.post(wire.announce(name, size, type), { user });
      if (answer.status !== 200) throw new Error(answer.text);
      return answer.json as Attachment;
    },
    record: async (id, owner = 'alice') => chat.store.loadAttachment(scopeOf(owner), id),
    kept: () => filesIn(directory),
  };
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-files-'));
  afterThisTest(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
}

export function scopeOf(owner: string): StoreScope {
  return { owner, requestContext: undefined, signal: new AbortController().signal };
}

/** Sends a request and reads its answer. */
export async function send(url: string | URL, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json = isJson ? (JSON.parse(bytes.toString()) as Json) : {};
  const code = json['error']?.code as string | undefined;
  return { status: response.status, headers: response.headers, bytes, json, code };
}

/** A link of an attachment, changed. */
export function altered(attachment: Attachment, change: (url: URL) => void): URL {
  const url = uploadUrl(attachment);
  change(url);
  return url;
}

export function uploadUrl({ upload_descriptor }: Attachment): URL {
  return new URL(upload_descriptor!.url);
}

export function previewUrl(attachment: Attachment): URL {
  if (attachment.type !== 'image') throw new Error('It is no image.');
  return new URL(attachment.preview_url);
}

/** Uploads to a link, raw. */
export function put(
  to: Attachment | URL,
  body: Uint8Array = BYTES,
  headers: Record<string, string> = { 'content-type': 'image/png' },
): Promise<Answer> {
  const url = to instanceof URL ? to : uploadUrl(to);
  return send(url, { method: 'PUT', body, headers });
}

export function form(...fields: [name: string, value: string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

export function picture(bytes: Uint8Array = BYTES, name = 'cat.png', type = 'image/png'): File {
  return new File([bytes], name, { type });
}
