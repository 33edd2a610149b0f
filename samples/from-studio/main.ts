import { createServer } from 'node:http';
import { chatkit } from 'chatkit-controllers/node';
import { app } from './app';

const port = Number(process.env['PORT'] ?? 8000);
createServer(chatkit(app)).listen(port, () => {
  console.log(`Table booking: http://localhost:${String(port)}/chatkit`);
});
