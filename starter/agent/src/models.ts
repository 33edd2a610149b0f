import { OpenAIResponsesModel, setTracingDisabled, type Model } from '@openai/agents';
import { scriptedModel, toolCall } from 'chatkit-controllers/testing/agents';
import OpenAI from 'openai';

/** OpenAI’s model if OPENAI_API_KEY is set; otherwise a script answers. */
export function modelFromEnvironment(): Model {
  const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: name = 'gpt-5-mini' } = process.env;
  return apiKey ? new OpenAIResponsesModel(new OpenAI({ apiKey }), name) : script();
}

/** A scripted model, which always shows the card: for tests, and to try the chat without a key. */
export function script(): Model {
  setTracingDisabled(true); // traces are sent to OpenAI, which needs a key
  return scriptedModel([
    ['No model is asked, so this answer is from a script.', toolCall('show_colours')],
    'Code of yours handles the buttons.',
  ]);
}
