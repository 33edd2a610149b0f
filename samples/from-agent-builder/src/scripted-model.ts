import { setDefaultModelProvider, setTracingDisabled } from '@openai/agents';
import { assistantMessage, modelResponder, ScriptedModel } from '@openai/agents/testing';

type Schema = Record<string, any>;

const TEXT = 'No model is asked, so this answer is from a script.';

/**
 * From now on agents answer by a script: with a text, or with what the schema of their output allows. What
 * the workflow itself asks OpenAI, for guardrails or to search, finds nothing.
 */
export function scriptModels(): void {
  process.env.OPENAI_API_KEY ||= 'scripted';
  setTracingDisabled(true); // traces go to OpenAI, and want a key
  setDefaultModelProvider({ getModel: () => scriptedModel() });
  scriptFetch();
}

/** How many answers in quick succession are those of a loop that does not end. */
const MOST = 150;
const LULL_MS = 2000;
let answers = 0;
let answeredAt = 0;

/** A loop may wait for an answer that no script can know. */
function countAnswer(): void {
  const now = Date.now();
  answers = now - answeredAt > LULL_MS ? 1 : answers + 1;
  answeredAt = now;
  if (answers <= MOST) return;
  throw new Error(
    `The script has answered ${MOST} times in a row: a loop of the workflow waits for another answer.`,
  );
}

function scriptedModel(): ScriptedModel {
  const model = new ScriptedModel();
  const answer = modelResponder(({ request: { input, outputType } }) => {
    countAnswer();
    model.enqueue(answer);
    const count = typeof input === 'string' ? 1 : input.length;
    const text = `${TEXT} (It has read ${count} ${count === 1 ? 'item' : 'items'}.)`;
    return [assistantMessage(outputType === 'text' ? text : JSON.stringify(sampleOf(outputType.schema)))];
  });
  model.enqueue(answer);
  const streamed = model.getStreamedResponse.bind(model);
  model.getStreamedResponse = (request) => inWords(streamed(request));
  return model;
}

/** A text as models stream it. */
async function* inWords(events: ReturnType<ScriptedModel['getStreamedResponse']>): typeof events {
  for await (const event of events) {
    if (event.type !== 'output_text_delta') yield event;
    else
      for (const delta of event.delta.match(/\s*\S+\s*$|\s*\S+/g) ?? [event.delta]) yield { ...event, delta };
  }
}

function scriptFetch(): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
    return hostname === 'api.openai.com' ? Response.json(foundAt(pathname)) : fetch(input, init);
  };
}

function foundAt(path: string): object {
  if (path.endsWith('/moderations')) {
    return { results: [{ flagged: false, categories: {}, category_scores: {} }] };
  }
  if (path.endsWith('/chat/completions')) {
    const content = JSON.stringify({ flagged: false, confidence: 0, reason: TEXT });
    return { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] };
  }
  return { object: 'list', data: [], has_more: false };
}

/** How often each schema was asked for: each time another choice is made, so that every branch comes up, and loops end. */
const times = new Map<string, number>();

function sampleOf(schema: Schema): unknown {
  const key = JSON.stringify(schema);
  const time = times.get(key) ?? 0;
  times.set(key, time + 1);
  return valueOf(schema, schema, time);
}

/** A value that a JSON Schema allows. */
function valueOf(schema: Schema, root: Schema, time: number): unknown {
  const of = (part: Schema): unknown => valueOf(part, root, time);
  if (typeof schema.$ref === 'string') {
    const path = schema.$ref.split('/').slice(1);
    return of(path.reduce<Schema>((at, part) => at[part], root));
  }
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[time % schema.enum.length];
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (Array.isArray(choices)) return of(choices[0]);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const fields = Object.entries<Schema>(schema.properties ?? {});
      return Object.fromEntries(fields.map(([name, field]) => [name, of(field)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => of(schema.items ?? {}));
    case 'number':
    case 'integer':
      return numberOf(schema, time);
    case 'boolean':
      return time % 2 === 0;
    case 'null':
      return null;
    default:
      return FORMATS[schema.format] ?? 'sample';
  }
}

const NUMBERS = [1, 0, 10, 100, 1000, -1, 0.5];

/** Small and large numbers in turn: a loop may wait for either. */
function numberOf(schema: Schema, time: number): number {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const { exclusiveMinimum: above = -Infinity, exclusiveMaximum: below = Infinity } = schema;
  const middle = (Math.max(minimum, above) + Math.min(maximum, below)) / 2;
  const allowed = (each: number): boolean =>
    each >= minimum && each <= maximum && each > above && each < below && Number.isFinite(each);
  const fitting = (schema.type === 'integer' ? NUMBERS.filter(Number.isInteger) : NUMBERS).filter(allowed);
  const [any = 1] = [minimum, maximum, above + 1, below - 1, middle].filter(allowed);
  return fitting[time % fitting.length] ?? any;
}

const FORMATS: Record<string, string> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  time: '12:00:00',
  email: 'user@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};
