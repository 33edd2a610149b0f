import 'reflect-metadata';
import { setTracingDisabled } from '@openai/agents';
import { scriptedModel } from 'chatkit-controllers/testing/agents';
import { createNewsGuide } from './app';
import { script } from './script';

const { OPENAI_API_KEY: key = '', OPENAI_MODEL: name = 'gpt-5-mini', PORT: port = '8000' } = process.env;
const isScripted = key === '';
if (isScripted) setTracingDisabled(true); // traces go to OpenAI, and want a key

createNewsGuide(isScripted ? scriptedModel(script) : name).listen(Number(port), '127.0.0.1', () => {
  console.log(
    `News guide: http://127.0.0.1:${port}/, or /chatkit/playground/ offline, with ${isScripted ? 'no model: a script answers' : name}.`,
  );
});
