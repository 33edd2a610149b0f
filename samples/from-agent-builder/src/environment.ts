import { existsSync } from 'node:fs';
import { scriptModels } from './scripted-model.js';

if (existsSync('.env')) process.loadEnvFile('.env');

/** Whether a script answers in place of models: without a key. */
export const isScripted = !process.env.OPENAI_API_KEY;
if (isScripted) scriptModels();
