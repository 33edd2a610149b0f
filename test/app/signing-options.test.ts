import { expectTypeOf } from 'expect-type';
import {
  BootError,
  ChatController,
  createChatKit,
  MemoryStore,
  OnAction,
  OnMessage,
  type BootFault,
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

function faultsOf(options: Partial<ChatKitOptions>): readonly BootFault[] {
  try {
    createChatKit({ controllers: [Plain], store: new MemoryStore(), owner: 'shared', ...options });
    return [];
  } catch (error) {
    if (error instanceof BootError) return error.faults;
    throw error;
  }
}
const codes = (options: Partial<ChatKitOptions>) =>
  faultsOf(options).map(({ code, where }) => `${code} at ${where}`);

describe('signing', () => {
  test.each<[string, ChatKitOptions['signing'] | object]>([
    ['no keys', { keys: [] }],
    ['nothing that is a list of keys', {}],
    ['a key alone', { keys: KEY }],
    ['a short key', { keys: ['short'] }],
    ['a short key behind a good one', { keys: [KEY, Buffer.alloc(31)] }],
    ['a key that is missing', { keys: [process.env['NOWHERE']] }],
  ])('with %s does not boot', (_, signing) => {
    const [fault] = faultsOf({ signing: signing as never });
    expect(fault).toMatchObject({
      code: 'weak_signing_key',
      remedy: expect.stringContaining('openssl rand'),
    });
    expect(fault!.message).not.toContain('short');
  });

  test.each([[0], [-1], [NaN], ['1h']])('that expires in %p does not boot', (expiresIn) => {
    expect(codes({ signing: { keys: [KEY], expiresIn: expiresIn as never } })).toEqual(['bad_number at ']);
  });

  test('with good keys boots', () => {
    expect(codes({ signing: { keys: [KEY, Buffer.alloc(32, 1)], expiresIn: 1000 } })).toEqual([]);
    expect(codes({ signing: { keys: [KEY] }, controllers: [Signed] })).toEqual([]);
  });
});

test('handlers that take signed actions only do not boot without keys', () => {
  expect(codes({ controllers: [Signed] })).toEqual([
    'signed_without_keys at Signed.a',
    'signed_without_keys at Signed.b',
  ]);
  expect(faultsOf({ controllers: [Signed] })[0]).toMatchObject({
    message: 'it takes signed actions only, and the application has no keys to sign with.',
    remedy: expect.stringContaining('signing: { keys:'),
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
