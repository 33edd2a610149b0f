import type { JsonObject, Scenario, Send } from '../language';
import { create, done, get, input, list, message, request, say } from './parts';

const announce = (name: string, mime_type: string, size = 3): Send => ({
  send: { type: 'attachments.create', params: { name, size, mime_type } },
});
const remove = (attachment_id: string): Send => ({
  send: { type: 'attachments.delete', params: { attachment_id } },
});
const withFiles = (...attachments: string[]) => ({ input: input('See', { attachments }) });

/** As an application's own upload route would store it: the bytes came along. */
const direct = (id: string, fields: JsonObject = {}): Send =>
  create([
    {
      attach: {
        id,
        type: 'file',
        name: 'a.txt',
        mime_type: 'text/plain',
        metadata: { secret: true },
        ...fields,
      },
    },
  ]);

export const attachments: Scenario[] = [
  { name: 'A file is announced', exchanges: [announce('a.txt', 'text/plain')] },
  { name: 'An image is announced', exchanges: [announce('cat.png', 'image/png')] },
  { name: 'A file without a size or a name', exchanges: [announce('', 'application/x-none', 0)] },
  {
    name: 'A file with a name in many scripts',
    exchanges: [announce('../größe 选择 "👍".txt', 'text/plain;charset=utf-8')],
  },
  {
    name: 'A file that was announced is sent with a new thread, and belongs to it then',
    exchanges: [
      announce('a.txt', 'text/plain'),
      create([{ tell: 'message' }], withFiles('{{attachment}}')),
      get,
    ],
  },
  {
    name: 'A file that was announced is sent in a thread that is there',
    exchanges: [
      create(),
      announce('cat.png', 'image/png'),
      say([{ tell: 'message' }], withFiles('{{attachment}}')),
      list(),
    ],
  },
  {
    name: 'Several files are sent at once',
    exchanges: [
      announce('a.txt', 'text/plain'),
      announce('cat.png', 'image/png'),
      create([done(message('a', 'Two'))], withFiles('{{attachment 2}}', '{{attachment 1}}')),
      get,
    ],
  },
  {
    name: 'A file is sent twice in one message',
    exchanges: [announce('a.txt', 'text/plain'), create([], withFiles('{{attachment}}', '{{attachment}}'))],
  },
  {
    name: 'A file is sent in two threads, and belongs to the last',
    exchanges: [
      announce('a.txt', 'text/plain'),
      create([], withFiles('{{attachment}}')),
      create([], withFiles('{{attachment}}')),
    ],
  },
  {
    name: 'A file that was uploaded directly is sent without its metadata',
    exchanges: [direct('f1'), say([{ tell: 'message' }, { tell: 'items' }], withFiles('f1')), get],
  },
  {
    name: 'An image that was uploaded directly is sent',
    exchanges: [
      direct('f1', { type: 'image', preview_url: 'https://files.example/f1/preview' }),
      say([], withFiles('f1')),
      list(),
    ],
  },
  {
    name: 'A file with an upload that leaves its headers out',
    exchanges: [
      direct('f1', { upload_descriptor: { url: 'https://files.example/f1', method: 'POST' } }),
      say([], withFiles('f1')),
    ],
  },
  {
    name: 'A file whose upload is over has no descriptor any more',
    exchanges: [
      direct('f1', { upload_descriptor: { url: 'https://files.example/f1', method: 'POST', headers: {} } }),
      say([{ attach: { id: 'f1', type: 'file', name: 'a.txt', mime_type: 'text/plain' } }]),
      say([{ tell: 'message' }], withFiles('f1')),
    ],
  },
  {
    name: 'Addresses of files are kept as they were given',
    exchanges: [
      direct('f1', { type: 'image', preview_url: 'https://Files.Example' }),
      say([], withFiles('f1')),
    ],
  },
  {
    name: 'A new thread with a file that is not there',
    exchanges: [create([], withFiles('nowhere')), request('threads.list')],
  },
  {
    name: 'A message with a file that is not there',
    exchanges: [create(), say([], withFiles('nowhere')), get],
  },
  { name: 'A file is deleted', exchanges: [announce('a.txt', 'text/plain'), remove('{{attachment}}')] },
  {
    name: 'A file is deleted after it was sent: the message keeps it',
    exchanges: [
      announce('a.txt', 'text/plain'),
      create([], withFiles('{{attachment}}')),
      remove('{{attachment}}'),
      get,
    ],
  },
  {
    name: 'A file that was deleted cannot be sent',
    exchanges: [
      announce('a.txt', 'text/plain'),
      remove('{{attachment}}'),
      create(),
      say([], withFiles('{{attachment}}')),
    ],
  },
  { name: 'A file is deleted that is not there', exchanges: [remove('nowhere')] },
];
