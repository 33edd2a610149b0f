import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { ChatController, MemoryStore, OnMessage } from '../../../src';
import { DiskAttachmentStore } from '../../../src/stores/disk-attachments';
import { chatkit as onExpress } from '../../../src/express';
import { chatkit as onFetch } from '../../../src/fetch';
import { chatkit as onNode } from '../../../src/node';
import { hosted } from '../../support/fetch-host';

/** A server that takes uploads, in a process of its own, through the adapter that its argument names. */
export interface UploadReport {
  url: string;
  /** What the process holds, in bytes, after a collection: the heap, and buffers beside it. */
  held: number;
  /** How many bytes of files have arrived. */
  received: number;
  /** What Node complained of. */
  warnings: string[];
}

@ChatController()
class Silent {
  @OnMessage()
  reply(): void {
    // says nothing
  }
}

const directory = mkdtempSync(join(tmpdir(), 'chatkit-upload-server-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit());

const warnings: string[] = [];
process.on('warning', ({ name }) => warnings.push(name));

let received = 0;
let url = 'http://localhost/chatkit';
const disk = new DiskAttachmentStore({
  directory,
  secret: 'a secret of thirty-two bytes, or a few more',
  baseUrl: () => url,
  maxSize: 2 ** 40,
});
/** Looks at the bytes, and keeps none: what the server holds is not to be what the disk holds. */
const attachmentStore = {
  createAttachment: disk.createAttachment.bind(disk),
  deleteAttachment: disk.deleteAttachment.bind(disk),
  http: {
    ...disk.http,
    async stage(_: unknown, __: string, bytes: AsyncIterable<Uint8Array>) {
      for await (const { length } of bytes) received += length;
      const nothing = () => Promise.resolve();
      return { publish: nothing, discard: nothing };
    },
  },
};

const options = {
  controllers: [Silent],
  store: new MemoryStore(),
  owner: 'shared' as const,
  attachmentStore,
};

function listenerOf(adapter: string): RequestListener {
  if (adapter === 'fetch') return hosted(onFetch(options));
  if (adapter === 'node:http') return onNode(options);
  const app = express();
  app.use('/chatkit', onExpress(options));
  return app;
}

const server = createServer(listenerOf(process.argv[2] ?? '')).listen(0, '127.0.0.1', () => {
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`;
  report();
});

process.on('message', () => {
  gc?.();
  setTimeout(report, 20);
});

function report(): void {
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ url, held: heapUsed + external, received, warnings } satisfies UploadReport);
}
