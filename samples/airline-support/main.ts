import 'reflect-metadata';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTracingDisabled } from '@openai/agents';
import { scriptedModel } from 'chatkit-controllers/testing/agents';
import { createAirlineSupport } from './app';
import { script } from './script';

const { OPENAI_API_KEY: key = '', OPENAI_MODEL: name = 'gpt-5-mini', PORT: port = '8000' } = process.env;
const isScripted = key === '';
if (isScripted) setTracingDisabled(true); // traces go to OpenAI, and want a key

const app = createAirlineSupport({
  model: isScripted ? scriptedModel(script) : name,
  url: `http://127.0.0.1:${port}`,
  directory: join(tmpdir(), 'airline-support'),
});
app.listen(Number(port), '127.0.0.1', () => {
  console.log(
    `Airline support: http://127.0.0.1:${port}/, or /chatkit/playground/ offline, with ${isScripted ? 'no model: a script answers' : name}.`,
  );
});
