import { OpenAIResponsesModel, setTracingDisabled, type Model } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import OpenAI from 'openai';

/** OpenAI’s model with OPENAI_API_KEY; without it a script answers. */
export function modelFromEnvironment(): Model {
  const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: name = 'gpt-5-mini' } = process.env;
  return apiKey ? new OpenAIResponsesModel(new OpenAI({ apiKey }), name) : scriptedModel();
}

let calls = 0;

/** Shows the card, whatever is said: for tests, and to try the chat without a key. */
export function scriptedModel(): Model {
  setTracingDisabled(true); // traces go to OpenAI, and need a key
  calls += 1;
  return new ScriptedModel([
    [
      assistantMessage('No model is asked, so this answer is from a script.'),
      functionCall('show_colours', {}, { callId: `call_${calls}` }),
    ],
    [assistantMessage('Code of yours handles the buttons.')],
  ]);
}
