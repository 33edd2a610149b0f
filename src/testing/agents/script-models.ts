import { Samples } from './sample-of';
import { scriptedModel, type ScriptedModel } from './scripted-model';

/** What is set in the SDK: its module, `import * as sdk from '@openai/agents'`. */
export interface SdkSettings {
  setDefaultModelProvider(provider: { getModel(): ScriptedModel }): void;
  setTracingDisabled(disabled: boolean): void;
}

/** What scripted agents say. */
export interface ScriptModelsOptions {
  /** What is said where a text is wanted. */
  text?: string;
}

const TEXT = 'No model is asked, so this answer is from a script.';

/**
 * From now on every agent without a model of its own answers by a script, in the whole process: with a
 * text, or with what the schema of its output allows, each time with another of its choices. What code
 * asks OpenAI by itself, for guardrails or to search, finds nothing. For workflows of Agent Builder, in
 * tests and without a key.
 *
 * @param sdk the copy of the SDK that makes the agents
 * @example
 * import * as sdk from '@openai/agents';
 * scriptModels(sdk); // before the workflow is loaded
 */
export function scriptModels(sdk: SdkSettings, { text = TEXT }: ScriptModelsOptions = {}): void {
  const { OPENAI_API_KEY: key = '' } = process.env;
  if (key === '') process.env['OPENAI_API_KEY'] = 'scripted'; // the SDK asks for one
  sdk.setTracingDisabled(true); // traces go to OpenAI, and want a key
  const samples = new Samples();
  const model = scriptedModel(({ outputType }) =>
    outputType === 'text' ? text : JSON.stringify(samples.of(outputType.schema)),
  );
  sdk.setDefaultModelProvider({ getModel: () => model });
  answerForOpenAi(text);
}

function answerForOpenAi(text: string): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
    return hostname === 'api.openai.com' ? Response.json(foundAt(pathname, text)) : fetch(input, init);
  };
}

function foundAt(path: string, text: string): object {
  if (path.endsWith('/moderations')) {
    return { results: [{ flagged: false, categories: {}, category_scores: {} }] };
  }
  if (path.endsWith('/chat/completions')) {
    const content = JSON.stringify({ flagged: false, confidence: 0, reason: text });
    return { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }] };
  }
  return { object: 'list', data: [], has_more: false };
}
