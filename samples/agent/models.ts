import { OpenAIChatCompletionsModel, OpenAIResponsesModel, type Model } from '@openai/agents';
import { scriptedModel, toolCall } from 'chatkit-controllers/testing/agents';
import OpenAI from 'openai';

export interface Models {
  /** What is printed when the server starts. */
  description: string;
  /** The model of one answer. */
  create(): Model;
}

/**
 * The model to ask: OpenAI's with `OPENAI_API_KEY`; with `OPENAI_BASE_URL` that of any server that speaks
 * Chat Completions, such as Ollama (`http://localhost:11434/v1`); else none, but a script.
 */
export function modelsFrom(env: NodeJS.ProcessEnv): Models {
  const { OPENAI_API_KEY: apiKey = '', OPENAI_BASE_URL: baseURL = '', OPENAI_MODEL: name } = env;
  if (baseURL !== '') {
    const client = new OpenAI({ baseURL, apiKey: apiKey === '' ? 'none' : apiKey });
    const model = new OpenAIChatCompletionsModel(client, name ?? 'llama3.2');
    return { description: `${name ?? 'llama3.2'} at ${baseURL}`, create: () => model };
  }
  if (apiKey !== '') {
    const model = new OpenAIResponsesModel(new OpenAI({ apiKey }), name ?? 'gpt-5-mini');
    return { description: `${name ?? 'gpt-5-mini'} at OpenAI`, create: () => model };
  }
  return { description: 'no model: a script answers. Set OPENAI_API_KEY for a real one', create: scripted };
}

/** Shows an order, whatever is said. */
function scripted(): Model {
  return scriptedModel([
    [
      'No model is set up, so this answer is scripted. Here is an order:',
      toolCall('show_order', { id: 'A-17' }),
    ],
    'Its button is handled by the controller.',
  ]);
}
