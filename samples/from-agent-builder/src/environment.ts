import './load-env.js'; // first: the next import loads the Agents SDK
import * as sdk from '@openai/agents';
import { scriptModels } from 'chatkit-controllers/testing/agents';

export const isProduction = process.env.NODE_ENV === 'production';

/** Whether a script answers in place of models: without a key. */
export const isScripted = !process.env.OPENAI_API_KEY;

if (isScripted && isProduction && process.env.SCRIPTED !== '1') {
  console.error('OPENAI_API_KEY is not set. To let a script answer in production too, set SCRIPTED=1.');
  process.exit(1);
}
if (isScripted) scriptModels(sdk);
