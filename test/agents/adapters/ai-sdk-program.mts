/*
 * Answers by the AI SDK, which is ES modules only: what each becomes, as JSON. Its package is the argument
 * (`ai`, or `ai6` for the release before).
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { AgentContext, answerFromAiSdk } =
  require('../../../src/agents') as typeof import('../../../src/agents/index.js');
const { makeContext } = require('../../pipeline/harness') as typeof import('../../pipeline/harness.js');

const name = process.argv[2]!;
const { stepCountIs, isStepCount, streamText, tool, jsonSchema } = (await import(
  name
)) as typeof import('ai6') & { isStepCount?: typeof import('ai6').stepCountIs };
const { MockLanguageModelV3, MockLanguageModelV4, convertArrayToReadableStream } = (await import(
  `${name}/test`
)) as typeof import('ai6/test') & { MockLanguageModelV4?: typeof import('ai6/test').MockLanguageModelV3 };
/** Providers of release 7 have models of version 4. */
const MockModel = MockLanguageModelV4 ?? MockLanguageModelV3;
const image = MockLanguageModelV4 === undefined ? 'dGVzdA==' : { type: 'data', data: 'dGVzdA==' };
const steps = isStepCount ?? stepCountIs;

type Part = Record<string, unknown> & { type: string };

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};
const text = (id: string, ...deltas: string[]): Part[] => [
  { type: 'text-start', id },
  ...deltas.map((delta) => ({ type: 'text-delta', id, delta })),
  { type: 'text-end', id },
];
const thinking = (id: string, ...deltas: string[]): Part[] => [
  { type: 'reasoning-start', id },
  ...deltas.map((delta) => ({ type: 'reasoning-delta', id, delta })),
  { type: 'reasoning-end', id },
];
const finish = (unified = 'stop'): Part => ({
  type: 'finish',
  finishReason: { unified, raw: unified },
  usage,
});
const call = (toolCallId: string): Part => ({ type: 'tool-call', toolCallId, toolName: 'find', input: '{}' });

function modelOf(...responses: Part[][]) {
  const rest = [...responses];
  return new MockModel({
    doStream: async () => {
      const parts = [{ type: 'stream-start', warnings: [] }, ...(rest.shift() ?? [])];
      return { stream: convertArrayToReadableStream(parts) as never };
    },
  });
}

interface Scenario {
  responses: Part[][];
  context?: InstanceType<typeof AgentContext>;
  tools?: Record<string, unknown>;
  ctx?: ReturnType<typeof makeContext>;
}

async function answer({ responses, ctx = makeContext(), context, tools }: Scenario): Promise<unknown[]> {
  const seen: unknown[] = [];
  const source = (abortSignal: AbortSignal) =>
    streamText({
      model: modelOf(...responses),
      prompt: 'Hello',
      abortSignal,
      tools: tools as never,
      stopWhen: steps(5) as never,
      onError: () => undefined,
    }).fullStream as AsyncIterable<{ type: string }>;
  const toolActivity = ({ name, status }: { name: string; status: string }) => ({
    task: { type: 'custom' as const, title: `${name} ${status}` },
  });
  try {
    for await (const event of answerFromAiSdk(source, context ?? ctx, { toolActivity })) seen.push(event);
  } catch (error) {
    seen.push((error as { code?: string }).code ?? String(error));
  }
  return seen;
}

const find = tool({
  description: 'Finds.',
  inputSchema: jsonSchema({ type: 'object', properties: {} }),
  execute: () => 'found',
});

function showing(context: InstanceType<typeof AgentContext>) {
  return tool({
    description: 'Shows.',
    inputSchema: jsonSchema({ type: 'object', properties: {} }),
    execute: async () => {
      await context.streamWidget({ type: 'Card', children: [] });
      return 'shown';
    },
  });
}

const context = new AgentContext(makeContext());

async function aborted(): Promise<unknown> {
  const ctx = makeContext();
  let asked: AbortSignal | undefined;
  const model = new MockModel({
    doStream: async ({ abortSignal }) => {
      asked = abortSignal;
      const stream = new ReadableStream({
        start(controller) {
          for (const part of [{ type: 'stream-start', warnings: [] }, ...text('0', 'It is')].slice(0, 3)) {
            controller.enqueue(part);
          }
        },
      });
      return { stream: stream as never };
    },
  });
  const types: string[] = [];
  const source = (abortSignal: AbortSignal) =>
    streamText({ model, prompt: 'Hello', abortSignal }).fullStream as AsyncIterable<{ type: string }>;
  for await (const event of answerFromAiSdk(source, ctx)) {
    types.push(event.type);
    if (types.length === 3) ctx.lifetime.abort(new Error('The client has left.'));
  }
  return { types, stopped: asked?.aborted };
}

const outcomes = {
  text: await answer({ responses: [[...text('0', 'It', ' is.'), finish()]] }),
  'text twice under one id': await answer({
    responses: [
      [...text('0', 'Let me look.'), call('call_1'), finish('tool-calls')],
      [...text('0', 'There.'), finish()],
    ],
    tools: { find },
  }),
  reasoning: await answer({
    responses: [[...thinking('r', 'Look', 'ing'), ...thinking('s', 'More'), ...text('0', 'Yes.'), finish()]],
  }),
  sources: await answer({
    responses: [
      [
        ...text('0', 'Jug: 9 €'),
        { type: 'source', sourceType: 'url', id: 's1', url: 'https://shop.example/jug', title: 'Jug' },
        {
          type: 'source',
          sourceType: 'document',
          id: 's2',
          mediaType: 'application/pdf',
          title: 'Jugs',
          filename: 'jugs.pdf',
        },
        finish(),
      ],
    ],
  }),
  'sources first': await answer({
    responses: [
      [
        { type: 'source', sourceType: 'url', id: 's1', url: 'https://shop.example/jug', title: 'Jug' },
        { type: 'source', sourceType: 'url', id: 's2', url: 'https://shop.example/mug', title: 'Mug' },
        ...text('0', 'Jug', ': 9 €'),
        finish(),
      ],
    ],
  }),
  image: await answer({
    responses: [[{ type: 'file', mediaType: 'image/png', data: image }, finish()]],
  }),
  'a tool that sends': await answer({
    responses: [
      [...text('0', 'Let me show you.'), { ...call('call_1'), toolName: 'show' }, finish('tool-calls')],
      [...text('0', 'There.'), finish()],
    ],
    context,
    tools: { show: showing(context) },
  }),
  'a tool of the page': await answer({
    responses: [[call('call_1'), { ...call('call_2'), toolName: 'select' }, finish('tool-calls')]],
    tools: { find, select: tool({ inputSchema: jsonSchema({ type: 'object', properties: {} }) }) },
  }),
  incomplete: await answer({ responses: [[...text('0', 'It is'), finish('length')]] }),
  error: await answer({
    responses: [[...text('0', 'It is').slice(0, 2), { type: 'error', error: new Error('Out of luck') }]],
  }),
  'no end': await answer({ responses: [text('0', 'It is').slice(0, 2)] }),
  'no end after a text': await answer({ responses: [text('0', 'It is')] }),
  'no end of a thought': await answer({ responses: [thinking('r', 'Look').slice(0, 2)] }),
  'another end': await answer({ responses: [[...text('0', 'It is'), finish('other')]] }),
  aborted: await aborted(),
};
console.log(JSON.stringify(outcomes));
