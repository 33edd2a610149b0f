import OpenAI from 'openai';
import { functionCall, message, reasoning } from './golden/stream';
import { OpenAiServer } from './support/openai-server';
import { chatAnswer, responding } from './support/scripts';

/* The server of the tests is as strict as the real API: otherwise the tests of what models read prove little. */

const user = { role: 'user', content: [{ type: 'input_text', text: 'Hello' }] };
const answer = { role: 'assistant', content: [{ type: 'output_text', text: 'Hi.' }] };
const call = { type: 'function_call', call_id: 'c', name: 'find', arguments: '{}' };
const output = { type: 'function_call_output', call_id: 'c', output: 'found' };
const thought = { type: 'reasoning', id: 'rs_1', summary: [] };

async function drained(stream: AsyncIterable<unknown>): Promise<void> {
  const iterator = stream[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** Reads a response; rejects if the API refuses it. */
async function respond(client: OpenAI, body: object): Promise<void> {
  const stream = await client.responses.create({ model: 'gpt-test', stream: true, ...body });
  await drained(stream);
}

async function complete(client: OpenAI, messages: object[]): Promise<void> {
  const stream = await client.chat.completions.create({
    model: 'llama',
    stream: true,
    messages: messages as never,
  });
  await drained(stream);
}

describe('Responses of the test server', () => {
  const accepted: [string, object[]][] = [
    ['a message', [user]],
    ['a call with its output', [user, call, output]],
    [
      'two calls before their outputs',
      [user, call, { ...call, call_id: 'd' }, output, { ...output, call_id: 'd' }],
    ],
    ['reasoning with a call', [user, thought, call, output]],
    ['reasoning with a message', [user, thought, answer, user]],
  ];
  it.each(accepted)('accept %s', async (_, input) => {
    const server = (await OpenAiServer.start()).will(responding(message(['Yes.'])));
    await respond(server.client(OpenAI), { input });
  });

  const refused: [string, object[]][] = [
    ['no input', []],
    ['a call without output', [user, call, user]],
    ['an output without call', [user, output]],
    ['an output before its call', [user, output, call]],
    ['two outputs of a call', [user, call, output, output]],
    ['two open calls of an id', [user, call, call, output]],
    ['reasoning before the output of another call', [user, call, thought, output]],
    ['reasoning before a message of the user', [user, thought, { type: 'message', ...user }]],
    ['reasoning at the end', [user, thought]],
    ['a call without name', [user, { ...call, name: '' }, output]],
    ['input of a user in an answer', [{ ...user, role: 'assistant' }]],
    ['an item that is none', [{ text: 'Hello' }]],
  ];
  it.each(refused)('refuse %s', async (_, input) => {
    const server = (await OpenAiServer.start()).will(responding(message(['Yes.'])));
    await expect(respond(server.client(OpenAI), { input })).rejects.toMatchObject({ status: 400 });
  });

  const first = responding(reasoning([['Hm']]), functionCall('find', { index: 1 }));
  const own = { ...output, call_id: 'call_1' };
  const kept = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'find', arguments: '{}' };
  const chains: [string, object, number | undefined][] = [
    [
      'accept the output of a call of the response before',
      { previous_response_id: 'resp_1', input: [own] },
      undefined,
    ],
    ['refuse new input without it', { previous_response_id: 'resp_1', input: [user] }, 400],
    ['refuse nothing after it', { previous_response_id: 'resp_1', input: [] }, 400],
    [
      'refuse an output of a call that it lacks',
      { previous_response_id: 'resp_1', input: [own, output] },
      400,
    ],
    ['refuse a response that there is not', { previous_response_id: 'resp_2', input: [user] }, 400],
    ['refuse a kept call without its reasoning', { input: [user, kept, own] }, 400],
    ['accept it with its reasoning', { input: [user, thought, kept, own] }, undefined],
    ['accept it as a new one', { input: [user, { ...kept, id: undefined }, own] }, undefined],
  ];
  it.each(chains)('%s', async (_, body, status) => {
    const server = (await OpenAiServer.start()).will(first, responding(message(['Yes.'])));
    const client = server.client(OpenAI);
    await respond(client, { input: [user] });
    const second = respond(client, body);
    await (status === undefined ? second : expect(second).rejects.toMatchObject({ status }));
  });

  it('are not kept where the request says so, nor where they are not complete', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['Yes.'])),
      responding(message(['Yes.'])).slice(0, -1),
    );
    const client = server.client(OpenAI);
    await respond(client, { input: [user], store: false });
    await respond(client, { input: [user] });
    for (const previous_response_id of ['resp_1', 'resp_2']) {
      const next = respond(client, { input: [user], previous_response_id });
      await expect(next).rejects.toMatchObject({ status: 400 });
    }
  });
});

describe('Chat Completions of the test server', () => {
  const ask = { role: 'user', content: 'Hello' };
  const calls = (...ids: string[]) => ({
    role: 'assistant',
    content: null,
    tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'find', arguments: '{}' } })),
  });
  const found = (tool_call_id: string) => ({ role: 'tool', tool_call_id, content: 'found' });
  const cases: [string, object[], number | undefined][] = [
    ['accept a message', [ask], undefined],
    ['accept calls with their outputs', [ask, calls('c', 'd'), found('d'), found('c'), ask], undefined],
    ['refuse no messages', [], 400],
    ['refuse a call without output', [ask, calls('c'), ask], 400],
    ['refuse a call at the end', [ask, calls('c')], 400],
    ['refuse one of two without output', [ask, calls('c', 'd'), found('c'), ask], 400],
    ['refuse an output that is late', [ask, calls('c'), ask, found('c')], 400],
    ['refuse an output without call', [ask, found('c')], 400],
    ['refuse an answer of nothing', [ask, { role: 'assistant', content: null }, ask], 400],
  ];
  it.each(cases)('%s', async (_, messages, status) => {
    const server = (await OpenAiServer.start()).will(chatAnswer(['Yes.']));
    const answered = complete(server.client(OpenAI), messages);
    await (status === undefined ? answered : expect(answered).rejects.toMatchObject({ status }));
  });
});
