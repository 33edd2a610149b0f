import { expectTypeOf } from 'expect-type';
import {
  StartupError,
  ChatController,
  createChatKit,
  MemoryStore,
  OnAction,
  OnMessage,
  type StartupProblem,
  type ChatContext,
  type ChatKitOptions,
  type SigningOptions,
} from '../../src';

@ChatController()
class Plain {
  @OnMessage()
  reply() {
    return undefined;
  }
}

@ChatController()
class Signed extends Plain {
  @OnAction('a', { signed: true })
  a() {
    return undefined;
  }
  @OnAction('b', { signed: ['id'], sync: true })
  b() {
    return undefined;
  }
  @OnAction('c', { signed: false })
  c() {
    return undefined;
  }
}

const KEY = 'k'.repeat(32);

function problemsOf(options: Partial<ChatKitOptions>): readonly StartupProblem[] {
  try {
    createChatKit({ controllers: [Plain], store: new MemoryStore(), owner: 'shared', ...options });
    return [];
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
}
const codes = (options: Partial<ChatKitOptions>) =>
  problemsOf(options).map(({ code, where }) => `${code} at ${where}`);

describe('signing', () => {
  test.each<[string, ChatKitOptions['signing'] | object]>([
    ['no keys', { keys: [] }],
    ['nothing that is a list of keys', {}],
    ['a key alone', { keys: KEY }],
    ['a short key', { keys: ['short'] }],
    ['a short key behind a good one', { keys: [KEY, Buffer.alloc(31)] }],
    ['a key that is missing', { keys: [process.env['NOWHERE']] }],
  ])('with %s does not start', (_, signing) => {
    const [problem] = problemsOf({ signing: signing as never });
    expect(problem).toMatchObject({
      code: 'weak_signing_key',
      fix: expect.stringContaining('openssl rand'),
    });
    expect(problem!.message).not.toContain('short');
  });

  test.each([[0], [-1], [NaN], ['1h']])('that expires in %p does not start', (expiresIn) => {
    expect(codes({ signing: { keys: [KEY], expiresIn: expiresIn as never } })).toEqual(['bad_number at ']);
  });

  test('with good keys starts', () => {
    expect(codes({ signing: { keys: [KEY, Buffer.alloc(32, 1)], expiresIn: 1000 } })).toEqual([]);
    expect(codes({ signing: { keys: [KEY] }, controllers: [Signed] })).toEqual([]);
  });
});

test('handlers that take signed actions only do not start without keys', () => {
  expect(codes({ controllers: [Signed] })).toEqual([
    'signed_without_keys at Signed.a',
    'signed_without_keys at Signed.b',
  ]);
  expect(problemsOf({ controllers: [Signed] })[0]).toMatchObject({
    message: 'it accepts only signed actions, but the app has no signing keys.',
    fix: expect.stringContaining('signing: { keys:'),
  });
});

test('the compiler knows what signed may be, and what the context says of it', () => {
  OnAction('a', { signed: ['id'], once: true, fromWidgetOnly: true });
  // @ts-expect-error -- one field is a list of one
  const wrong = (): unknown => OnAction('a', { signed: 'id' });
  expect(wrong).toBeDefined();
  expectTypeOf<ChatContext['signed']>().toEqualTypeOf<readonly string[] | null>();
  expectTypeOf<SigningOptions['keys'][number]>().toEqualTypeOf<string | Uint8Array>();
});
