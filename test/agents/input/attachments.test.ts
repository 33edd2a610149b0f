import { Agent } from '@openai/agents';
import { runAgent, ThreadItemConverter, type ThreadItemConverterOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import * as wire from '../../support/requests';
import { form, picture, send, serveFiles, type FileChat } from '../../attachments/support';
import { message } from '../golden/stream';
import { chatModel, outline, responsesModel } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

interface Served {
  chat: FileChat;
  server: OpenAiServer;
}

/** A chat with files on disk, whose agent reads them. */
async function serve(
  options: Omit<ThreadItemConverterOptions, 'attachments'> = {},
  modelOf = responsesModel,
): Promise<Served> {
  const server = await OpenAiServer.start();
  const agent = new Agent({ name: 'test', model: modelOf(server) });
  const converter: { current?: ThreadItemConverter } = {};
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, { itemConverter: converter.current });
    }
  }
  const chat = await serveFiles(undefined, {}, { controllers: [new Controller()] });
  converter.current = new ThreadItemConverter({ ...options, attachments: chat.files });
  return { chat, server };
}

async function upload({ url }: FileChat, name: string, type: string, content: Buffer | string) {
  const body = form(['file', picture(Buffer.from(content), name, type)]);
  const answer = await send(`${url}/attachments`, {
    method: 'POST',
    body,
    headers: { 'x-user-id': 'alice' },
  });
  return (answer.json as { id: string }).id;
}

const contentSent = ({ last }: OpenAiServer): unknown[] =>
  last.body.input!.flatMap(({ content }) => (Array.isArray(content) ? (content as unknown[]) : []));
const isThere = (text: string) => ({ type: 'input_text', text: expect.stringContaining(text) as unknown });
const notAvailable = isThere('Its content is not available');

describe('attachments, read through the store of their bytes', () => {
  it('are given to the model: images, PDF, and text as text', async () => {
    const { chat, server } = await serve();
    server.will(responding(message(['I see.'])));
    const attachments = [
      await upload(chat, 'cat.png', 'image/png', 'cat'),
      await upload(chat, 'r.pdf', 'application/pdf', 'pdf'),
      await upload(chat, 'a.csv', 'text/csv', 'a;b\nü;2'),
    ];
    await chat.post(wire.create('See', { attachments }));
    expect(contentSent(server)).toEqual([
      { type: 'input_text', text: 'See' },
      { type: 'input_image', image_url: 'data:image/png;base64,Y2F0', detail: 'auto' },
      { type: 'input_file', file_data: 'data:application/pdf;base64,cGRm', filename: 'r.pdf' },
      isThere('"a.csv" (text/csv'),
    ]);
    expect(contentSent(server)[3]).toEqual(isThere('<File>\na;b\nü;2\n</File>'));
  });

  it('are given to models of Chat Completions', async () => {
    const { chat, server } = await serve({}, chatModel);
    server.will(chatAnswer(['I see.']));
    const attachments = [await upload(chat, 'cat.png', 'image/png', 'cat')];
    const { events } = await chat.post(wire.create('See', { attachments }));
    expect(outline(events)).toContain('“I see.”');
    expect(server.last.body.messages).toMatchObject([
      { content: [{ text: 'See' }, { image_url: { url: 'data:image/png;base64,Y2F0' } }] },
    ]);
  });

  it('are told of where a model reads no such files, and where their bytes are not there', async () => {
    const { chat, server } = await serve();
    server.will(responding(message(['Hm.'])));
    const zip = await upload(chat, 'a.zip', 'application/zip', 'zip');
    const { id } = await chat.announce(); // and nothing is uploaded
    const { events } = await chat.post(wire.create('See', { attachments: [zip, id] }));
    expect(outline(events)).toContain('“Hm.”');
    expect(contentSent(server)).toEqual([{ type: 'input_text', text: 'See' }, notAvailable, notAvailable]);
  });

  it('are told of where those that are newer are as much as a request may have', async () => {
    const { chat, server } = await serve({ maxAttachedBytes: 5 });
    server.will(responding(message(['One.'])), responding(message(['Two.'])));
    const old = await upload(chat, 'a.txt', 'text/plain', 'old');
    const { events } = await chat.post(wire.create('1', { attachments: [old] }));
    expect(JSON.stringify(contentSent(server))).toContain('old');
    const first = events.find((event) => event.type === 'thread.created')!;
    const recent = await upload(chat, 'b.txt', 'text/plain', 'new');
    await chat.post(wire.say(first.thread.id, '2', { attachments: [recent] }));
    const sent = contentSent(server);
    expect(sent[1]).toEqual(notAvailable);
    expect(sent.at(-1)).toEqual(isThere('new'));
  });

  it('that are long texts are read from the beginning', async () => {
    const { chat, server } = await serve();
    server.will(responding(message(['Long.'])));
    const id = await upload(chat, 'long.txt', 'text/plain', `begin${'x'.repeat(200_000)}end`);
    await chat.post(wire.create('See', { attachments: [id] }));
    const { text } = contentSent(server)[1] as { text: string };
    expect(text).toContain('its first 100000 characters');
    expect(text).toContain('begin');
    expect(text).not.toContain('end\n');
  });
});
