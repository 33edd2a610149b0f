import 'reflect-metadata';
import { existsSync } from 'node:fs';
import express from 'express';
import { chatkit } from 'chatkit-controllers/express';
import { playground } from 'chatkit-controllers/playground';
import { createChat } from './chat.js';
import { openStore } from './store.js';

if (existsSync('.env')) process.loadEnvFile();

const chat = chatkit(createChat(openStore()));
const app = express();
app.use('/chatkit/playground', playground({ chat })); // a page to try the chat; not served in production
app.use('/chatkit', chat);
app.get('/', (_req, res) => res.redirect('/chatkit/playground/'));

const port = Number(process.env.PORT ?? 8000);
// Without a login, listen on 127.0.0.1, which only this machine can reach.
const server = app.listen(port, process.env.HOST ?? '127.0.0.1', (error) => {
  if (error) {
    console.error(
      `${error.message}. Stop the other program, or set PORT: write PORT=${port + 1} into the file .env.`,
    );
    process.exit(1);
  }
  console.log(`Try the chat: http://localhost:${port}/chatkit/playground/`);
});

// Lets running answers finish.
process.once('SIGTERM', () => {
  server.close();
  void chat.close({ timeoutMs: 5_000 }).finally(() => process.exit());
});
