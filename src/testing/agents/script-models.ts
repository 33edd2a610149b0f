import { Samples } from './sample-of';
import { scriptedModel, type Respond, type ScriptedModel, type ScriptedRequest } from './scripted-model';

/** The SDK functions that are used, from its module: `import * as sdk from '@openai/agents'`. */
export interface SdkSettings {
  setDefaultModelProvider(provider: { getModel(): ScriptedModel }): void;
  setTracingDisabled(disabled: boolean): void;
}

/** After this many answers in quick succession, a loop is assumed that does not end. */
const MOST = 150;
const LULL_MS = 2000;

const TEXT = 'No model is asked, so this answer is from a script.';

/**
 * From now on, every agent of this process without a model of its own gets scripted answers: a text, or a
 * value that matches its output schema, each time with another of its choices. After 150 answers in quick
 * succession it fails, because a loop is assumed. Requests that code sends to OpenAI directly, for guardrails
 * or searches, get empty results. For workflows of Agent Builder, in tests and without a key.
 *
 * @param sdk the copy of the SDK that creates the agents
 * @example
 * import * as sdk from '@openai/agents';
 * scriptModels(sdk); // before the workflow is loaded
 */
export function scriptModels(sdk: SdkSettings): void {
  const { OPENAI_API_KEY: key = '' } = process.env;
  if (key === '') process.env['OPENAI_API_KEY'] = 'scripted'; // the SDK requires one
  sdk.setTracingDisabled(true); // traces go to OpenAI, and need a key
  const samples = new Samples();
  const countAnswer = loopGuard();
  const respond: Respond = ({ input, outputType }) => {
    countAnswer();
    return outputType === 'text' ? textFor(input) : JSON.stringify(samples.of(outputType.schema));
  };
  sdk.setDefaultModelProvider({ getModel: () => scriptedModel(respond) }); // each model keeps its requests
  answerForOpenAi();
}

/** Ends a loop that waits for an answer that no script can know. */
function loopGuard(): () => void {
  let answers = 0;
  let answeredAt = 0;
  return () => {
    const now = Date.now();
    answers = now - answeredAt > LULL_MS ? 1 : answers + 1;
    answeredAt = now;
    if (answers <= MOST) return;
    throw new Error(
      `The script has answered ${String(MOST)} times in a row: a loop of the workflow waits for another answer.`,
    );
  };
}

function textFor(input: ScriptedRequest['input']): string {
  const read = typeof input === 'string' ? 1 : input.length;
  return `${TEXT} (It has read ${String(read)} ${read === 1 ? 'item' : 'items'}.)`;
}

function answerForOpenAi(): void {
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
