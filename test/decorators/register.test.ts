import { diagnosticsOf } from './diagnostics';

const IMPORTS = `
import { of } from 'rxjs';
import {
  ChatController, createChatKit, createParamDecorator, MemoryStore, OnAction, OnFeedback, OnMessage, UseFilters, UseGuards,
  UseInterceptors, assistantMessage, type ChatContext, type Filter, type Guard, type GuardFunction, type Interceptor,
} from 'chatkit-controllers';
import { DiskAttachmentStore } from 'chatkit-controllers/attachments';

interface User { userId: string; plan: 'free' | 'paid' }
const store = new MemoryStore();
`;

const REGISTERED = `
${IMPORTS}
declare module 'chatkit-controllers' {
  interface Register { requestContext: User }
}
`;

/** Everything of an application that takes a context, without a word about its type. */
const USES = `
class Paid implements Guard {
  canActivate(ctx: ChatContext) { return ctx.requestContext.plan === 'paid'; }
}
const named: GuardFunction = (ctx) => ctx.requestContext.plan === 'paid';
const UserId = createParamDecorator((_data: undefined, ctx) => ctx.requestContext.userId);
const Greeting = createParamDecorator((text: string, ctx: ChatContext) => text + ctx.requestContext.userId);

@ChatController()
@UseGuards((ctx) => ctx.requestContext.userId !== '', named, Paid, new Paid())
@UseInterceptors((ctx, next) => { ctx.log.info({ user: ctx.requestContext.userId }, 'asked'); return next(); })
@UseFilters((error, ctx) => assistantMessage(ctx.requestContext.userId))
class Controller {
  @OnMessage() reply(_message: unknown, ctx: ChatContext) { return assistantMessage(ctx.requestContext.userId); }
  @OnAction('a') some(_payload: unknown, ctx: Pick<ChatContext, 'requestContext'>) {}
  @OnAction('b') less(_payload: unknown, ctx: ChatContext<{ userId: string }>) {}
  @OnAction('c') any(_payload: unknown, ctx?: ChatContext<unknown>) {}
}

export const app = createChatKit({
  controllers: [Controller],
  store,
  context: (request: { user: User }) => request.user,
  owner: (context) => context.userId,
  guards: [(ctx) => ctx.requestContext.plan === 'paid'],
  interceptors: [(ctx, next) => ctx.requestContext.plan === 'paid' ? next() : of()],
  filters: [(_error, ctx) => assistantMessage(ctx.requestContext.userId)],
  container: (type, ctx) => { ctx.requestContext.plan satisfies string; return new (type as new () => never)(); },
});
app.as({ userId: 'ada', plan: 'paid' });
new DiskAttachmentStore({ directory: 'a', secret: 'b', baseUrl: (context) => 'https://' + context.plan });
export const more = createChatKit({
  controllers: [], store, owner: 'shared', context: async () => ({ userId: 'ada', plan: 'free', name: 'Ada' } as const),
});
`;

test('a type that is declared once reaches everything that takes a context', () => {
  expect(diagnosticsOf(REGISTERED + USES, 'legacy')).toEqual([]);
}, 60_000);

test('it does so under standard decorators, too', () => {
  expect(diagnosticsOf(REGISTERED + USES, 'standard')).toEqual([]);
}, 60_000);

/** What is wrong where the context is a `User`: handlers, and other statements. */
const HANDLERS = [
  '@OnMessage() reply(_m: unknown, ctx: ChatContext<{ nope: string }>) {}',
  '@OnMessage() reply(_m: unknown, ctx?: ChatContext<{ nope: string }>) {}',
  '@OnMessage() reply(ctx: ChatContext<{ nope: string }>, _m: unknown) {}',
  "@OnAction('x') act(_p: unknown, ctx: ChatContext<User & { admin: true }>) {}",
  '@OnFeedback() rate(_f: unknown, ctx: ChatContext<{ nope: string }>) {}',
];
const STATEMENTS = [
  'UseGuards((ctx) => ctx.requestContext.nope);',
  'UseGuards((ctx: ChatContext<{ nope: string }>) => true);',
  'UseGuards((ctx: ChatContext<User & { admin: boolean }>) => ctx.requestContext.admin);',
  'UseGuards(class { canActivate(ctx: ChatContext<{ nope: string }>) { return true; } });',
  'UseInterceptors((ctx: ChatContext<User & { admin: boolean }>, next) => next());',
  'UseFilters((error: unknown, ctx: ChatContext<{ nope: string }>) => undefined);',
  'createParamDecorator((_: undefined, ctx: ChatContext<{ nope: string }>) => 1);',
  "createChatKit({ controllers: [], store, owner: 'shared', context: () => ({ nope: 'x' }) });",
  "createChatKit({ controllers: [], store, owner: 'shared', context: async () => ({ userId: 1, plan: 'free' as const }) });",
  "createChatKit({ controllers: [], store, owner: 'shared' });",
  "app.as({ nope: 'x' });",
  "new DiskAttachmentStore({ directory: 'a', secret: 'b', baseUrl: (context) => context.nope });",
];

test('what does not fit the declared type does not compile', () => {
  const refused = (code: string) => `// @ts-expect-error\n${code}\n`;
  const source =
    HANDLERS.map((handler) => `{ class Wrong {\n${refused(handler)}} }`).join('\n') +
    STATEMENTS.map(refused).join('');
  expect(diagnosticsOf(REGISTERED + USES + source, 'legacy')).toEqual([]);
}, 60_000);

test('without a declaration each function may name a type of its own, and an unnamed one is unknown', () => {
  const source = `
class Controller {
  @OnMessage() reply(_message: unknown, ctx: ChatContext<User>) { return assistantMessage(ctx.requestContext.userId); }
  @OnAction('a') other(_payload: unknown, ctx: ChatContext<{ other: string }>) {}
}
UseGuards((ctx: ChatContext<User>) => ctx.requestContext.plan === 'paid');
UseInterceptors((ctx: ChatContext<User>, next) => next());
createParamDecorator((_: undefined, ctx: ChatContext<User>) => ctx.requestContext.userId);
createChatKit({ controllers: [], store, owner: 'shared' });
createChatKit({ controllers: [], store, context: (request: User) => request, owner: (user) => user.userId });
// @ts-expect-error nobody knows what it is
UseGuards((ctx) => ctx.requestContext.userId === 'ada');
`;
  expect(diagnosticsOf(IMPORTS + source, 'legacy')).toEqual([]);
}, 60_000);
