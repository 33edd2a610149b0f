import { createServer } from 'node:http';
import { chatkit } from 'chatkit-controllers/node';
import { app } from './app';

const port = Number(process.env['PORT'] ?? 8000);
const host = process.env['HOST'] ?? '127.0.0.1'; // this machine alone: there is no login
createServer(chatkit(app)).listen(port, host, () => {
  console.log(`Table booking: http://${host}:${String(port)}/chatkit`);
});
