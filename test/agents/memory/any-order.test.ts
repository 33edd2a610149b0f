import { Agent, tool } from '@openai/agents';
import fc from 'fast-check';
import { z } from 'zod';
import { agentContext, runAgent, type RunAgentOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { hiddenContext, respond } from '../../../src/events';
import { serveChat, textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { pause, until } from '../../support/wait';
import { functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { chatModel, responsesModel } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

/* Whatever happens in a thread, the next run is accepted, and its model has read each message once, in order. */

const find = tool({ name: 'find', description: 'Finds.', parameters: z.object({}), execute: () => 'found' });
const ask = tool({
  name: 'ask',
  description: 'Asks the page.',
  parameters: z.object({}),
  execute: (_, run) => agentContext(run).clientToolCall('ask'),
});

const step = fc.oneof(
  fc.constantFrom(
    'say',
    'find',
    'ask',
    'answer',
    'fail',
    'leave',
    'leave at tool',
    'note',
    'respond',
    'forget',
  ),
  fc.nat(5).map((number) => ({ retry: number })),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

class Conversation {
  private count = 0;
  private hasForgotten = false;
  private constructor(
    private readonly server: OpenAiServer,
    private readonly chat: Awaited<ReturnType<typeof serveChat>>,
    private readonly threadId: string,
    private readonly api: 'Responses' | 'Chat Completions',
  ) {}

  static async start(api: 'Responses' | 'Chat Completions', options: RunAgentOptions): Promise<Conversation> {
    const server = await OpenAiServer.start();
    const model = api === 'Responses' ? responsesModel(server) : chatModel(server);
    const agent = new Agent({
      name: 'test',
      model,
      tools: [find, ask],
      toolUseBehavior: { stopAtToolNames: ['ask'] },
    });
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, options);
      }
      @OnAction('note', { payload: 'unchecked' })
      note() {
        return hiddenContext('noted');
      }
      @OnAction('respond', { payload: 'unchecked' })
      respond() {
        return respond('synthetic');
      }
    }
    const chat = await serveChat({ controllers: [new Controller()] });
    const first = api === 'Responses' ? responding(message(['a0.'])) : chatAnswer(['a0.']);
    server.will(first);
    const threadId = threadIdOf(await chat.post(wire.create('u0.')));
    return new Conversation(server, chat, threadId, api);
  }

  async take(step: Step): Promise<void> {
    const { server, chat, threadId } = this;
    if (typeof step === 'object') {
      const users = (await chat.items(threadId)).filter(({ type }) => type === 'user_message');
      const user = users[step.retry % users.length]!;
      server.will(this.text());
      await chat.post(wire.retry(threadId, user.id));
      return this.check();
    }
    switch (step) {
      case 'say':
        server.will(this.text());
        await chat.post(this.next());
        return this.check();
      case 'find':
        server.will(this.call('find'), this.text());
        await chat.post(this.next());
        return this.check();
      case 'ask':
        server.will(this.call('ask'));
        await chat.post(this.next());
        return;
      case 'answer': {
        const last = (await chat.items(threadId)).at(-1);
        if (last?.type !== 'client_tool_call' || last.status !== 'pending') return;
        server.will(this.text());
        await chat.post(wire.toolOutput(threadId, 'yes'));
        return this.check();
      }
      case 'fail':
        server.will(this.text().slice(0, -1));
        await chat.post(this.next());
        return;
      case 'leave':
        return this.leave({ events: this.text().slice(0, 4), end: 'never' });
      case 'leave at tool':
        server.will(this.call('find'));
        return this.leave({ events: [], end: 'never' });
      case 'note':
        await chat.post(wire.act(threadId, undefined, 'note', {}));
        return;
      case 'respond':
        server.will(this.text());
        await chat.post(wire.act(threadId, undefined, 'respond', {}));
        return;
      case 'forget':
        this.hasForgotten = true;
        for (let number = 0; number < 99; number += 1) server.forget(`resp_${String(number)}`);
    }
  }

  private async leave(script: { events: ApiEvent[]; end: 'never' }): Promise<void> {
    this.server.will(script);
    const stream = await this.chat.open(this.next());
    await until(() => this.server.isAtLast);
    await pause(5);
    stream.leave();
    await this.server.last.left;
  }

  private next() {
    return wire.say(this.threadId, `u${String((this.count += 1))}.`);
  }

  private text(): ApiEvent[] {
    const text = `a${String((this.count += 1))}.`;
    if (this.api === 'Chat Completions') return chatAnswer([text]);
    return responding(reasoning([['Hm']], this.ids('rs')), message([text], { ...this.ids('msg'), index: 1 }));
  }

  private call(name: string): ApiEvent[] {
    const number = (this.count += 1);
    const callId = number % 2 === 0 ? 'call_1' : `call_${String(number).padStart(24, '0')}`;
    if (this.api === 'Chat Completions') return chatAnswer([], [{ id: callId, name }]);
    const call = functionCall(name, { callId, ...this.ids('fc'), index: 1 });
    return responding(reasoning([['Hm']], this.ids('rs')), call);
  }

  private ids(kind: string): { id: string } {
    return { id: `${kind}_${String((this.count += 1))}` };
  }

  /** The model that has just answered has read the thread, but for its answer. */
  private async check(): Promise<void> {
    if (!this.hasForgotten) expect(this.server.refusals).toEqual([]);
    const items = await this.chat.items(this.threadId);
    const answer = items.at(-1)?.type === 'sdk_hidden_context' ? items.at(-2) : items.at(-1);
    expect(textOf(answer)).toBe(`a${String(/a(\d+)/.exec(textOf(answer))?.[1])}.`);
    const inThread = items.filter((item) => item !== answer).map(textOf);
    const read = JSON.stringify(this.server.read).match(/\b[ua]\d+\./g) ?? [];
    expect(read).toEqual(inThread.filter((text) => text !== ''));
  }
}

const settings: [string, RunAgentOptions][] = [
  ['neither', {}],
  ['previousResponseId', { previousResponseId: true }],
  ["remember: 'run'", { remember: 'run' }],
  ['both', { previousResponseId: true, remember: 'run' }],
];
const cases = (['Responses', 'Chat Completions'] as const).flatMap((api) =>
  settings.map(([name, options]) => [api, name, options] as const),
);

describe.each(cases)('by %s, with %s,', (api, _, options) => {
  it('whatever happens in a thread, each message is read once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        const conversation = await Conversation.start(api, options);
        for (const each of [...steps, 'say'] as Step[]) await conversation.take(each);
      }),
      { numRuns: 5 },
    );
  }, 60_000);
});
