import { Hono } from 'hono';
import { MemoryStore } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/fetch';
import { CafeController, type Guest } from './cafe-controller.ts';

/** Stands for the sessions of your app. */
const SESSIONS: Readonly<Record<string, Guest>> = {
  'token-of-ada': { userId: 'ada' },
  'token-of-bob': { userId: 'bob' },
};

export const chat = chatkit({
  controllers: [CafeController],
  actionsFromWidgetOnly: true,
  store: new MemoryStore(),
  context: (request) => guestOf(request.headers.get('authorization')), // null is answered with 401
  owner: ({ userId }) => userId,
});

export const app = new Hono();
app.get('/', (c) => c.text('The chat is at /chatkit.'));
app.all('/chatkit/*', (c) => chat(c.req.raw)); // matches /chatkit too

function guestOf(authorization: string | null): Guest | null {
  const token = authorization?.replace(/^Bearer /, '') ?? '';
  return Object.hasOwn(SESSIONS, token) ? SESSIONS[token]! : null;
}
