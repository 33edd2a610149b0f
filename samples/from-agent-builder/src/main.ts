import { isProduction, isScripted } from './environment.js'; // first: the workflow may read the environment as it loads
import { createServer } from 'node:http';
import { chatkit } from 'chatkit-controllers/node';
import { playground } from 'chatkit-controllers/playground';
import { SqliteStore } from 'chatkit-controllers/sqlite';
import { createChat } from './chat.js';
import { pageOptions } from './page.js';

const origins = (process.env.PAGE_ORIGINS ?? '').split(',').flatMap((origin) => origin.trim() || []);
const store = new SqliteStore(process.env.CHAT_DB || 'chat.db');
const chat = chatkit(createChat(store, origins));
const page = playground({ chat, options: pageOptions }); // in development only

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 8000);
const server = createServer((request, response) => page(request, response, () => chat(request, response)));
server.on('error', ({ message }) => {
  console.error(`The server cannot listen: ${message}. Set PORT or HOST to something else.`);
  process.exit(1);
});
server.listen(port, host, () => {
  const lines = [
    `Chat: http://${host}:${port}/chatkit`,
    ...(isProduction ? [] : [`Try it: http://${host}:${port}/chatkit/playground/`]),
    ...(isScripted ? ['OPENAI_API_KEY is not set: a script answers, and no model is asked.'] : []),
  ];
  console.log(lines.join('\n'));
});

process.once('SIGTERM', () => {
  server.close(() => store.close()); // no new connections; the store last
  void chat.close({ timeoutMs: 10_000 }).then(() => {
    // Answers that are written by now still arrive; idle connections are closed.
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
});
