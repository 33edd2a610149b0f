import fc from 'fast-check';
import type { WidgetPlace } from '../../src/context';
import { DeveloperError } from '../../src/errors';
import { serialiseItem, type WidgetItem, type WidgetRoot } from '../../src/protocol';
import {
  ActionSigner,
  canonicalJson,
  defineAction,
  signatureIn,
  widgetActions,
  withoutSignature,
  type SigningOptions,
} from '../../src/widgets';
import { clientPayload } from './client';

const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);
const place: WidgetPlace = { owner: 'alice', threadId: 'thr_1', itemId: 'wgt_1' };

const signerOf = (options: Partial<SigningOptions> = {}) => new ActionSigner({ keys: [OLD], ...options });
const confirm = defineAction('order.confirm', class Order {});
const button = (payload: object, sign: string[], expiresIn?: number): WidgetRoot => ({
  type: 'Card',
  children: [
    { type: 'Text', value: 'Sure?' },
    { type: 'Button', onClickAction: confirm(payload, { sign: sign as never[], expiresIn }) },
  ],
});

/** A widget's first action as a client gets it: stored and sent, with values of a form merged in. */
function sentBy(widget: WidgetRoot, values: Record<string, unknown> = {}) {
  const item: WidgetItem = {
    id: place.itemId,
    thread_id: place.threadId,
    created_at: '2026-01-01T00:00:00Z',
    type: 'widget',
    widget,
  };
  const wire = (JSON.parse(serialiseItem(item)) as WidgetItem).widget;
  const [action] = widgetActions(wire);
  const { type, payload } = JSON.parse(
    JSON.stringify({ type: action!.config.type, payload: clientPayload(action!, values) }),
  ) as { type: string; payload: Record<string, unknown> };
  return { type, payload };
}

afterEach(() => jest.restoreAllMocks());

describe('an action that is signed', () => {
  const signer = signerOf();
  const signed = signer.sign(button({ id: 'o1', price: 12, note: '' }, ['id', 'price']), place);
  const action = sentBy(signed);

  it('is verified in its place, with what it vouches for', () => {
    expect(signer.verify(action, place)).toEqual({ fields: ['id', 'price'], expiresAt: undefined });
  });

  it('leaves other fields free, to change and to add', () => {
    const payload = { ...action.payload, note: 'quick', more: [1] };
    expect(signer.verify({ ...action, payload }, place)).toMatchObject({ fields: ['id', 'price'] });
  });

  test.each<[string, Partial<WidgetPlace>]>([
    ['another thread', { threadId: 'thr_2' }],
    ['another widget', { itemId: 'wgt_2' }],
    ['another owner', { owner: 'bob' }],
    ['no widget', { itemId: '' }],
  ])('is good for nothing in %s', (_, elsewhere) => {
    expect(signer.verify(action, { ...place, ...elsewhere })).toBe('invalid');
  });

  test('is good for no other action', () => {
    expect(signer.verify({ ...action, type: 'order.cancel' }, place)).toBe('invalid');
  });

  test.each<[string, Record<string, unknown>]>([
    ['altered', { price: 1 }],
    ['of another type', { price: '12' }],
    ['replaced by an object', { id: { id: 'o1' } }],
    ['removed', { price: undefined }],
    ['nulled', { price: null }],
  ])('is invalid with a signed field %s', (_, change) => {
    const payload = JSON.parse(JSON.stringify({ ...action.payload, ...change })) as object;
    expect(signer.verify({ ...action, payload }, place)).toBe('invalid');
  });

  test.each([
    [''],
    ['v1'],
    [1],
    [null],
    [{}],
    [['v1']],
    ['v2.a.b.c'],
    [`v1..${Buffer.from('["id"]').toString('base64url')}.${'A'.repeat(43)}`],
    [`v1..${Buffer.from('{}').toString('base64url')}.${'A'.repeat(43)}`],
    [`v1..not-json.${'A'.repeat(43)}`],
  ])('is invalid with the signature %j', ($signature) => {
    expect(signer.verify({ ...action, payload: { ...action.payload, $signature } }, place)).toBe('invalid');
  });

  test('is invalid where its signature claims other fields or another expiry', () => {
    const [, , , code] = String(action.payload['$signature']).split('.');
    const names = (fields: string[]) => Buffer.from(JSON.stringify(fields)).toString('base64url');
    for (const $signature of [
      `v1..${names(['id'])}.${code!}`,
      `v1..${names(['price', 'id'])}.${code!}`,
      `v1.zzzzzzzz.${names(['id', 'price'])}.${code!}`,
    ]) {
      expect(signer.verify({ ...action, payload: { ...action.payload, $signature } }, place)).toBe('invalid');
    }
  });

  test('without payload or fields only the click itself is vouched for', () => {
    const ping = defineAction('ping');
    const widget = signer.sign({ type: 'Button', onClickAction: ping(undefined, { sign: [] }) }, place);
    expect(signer.verify(sentBy(widget), place)).toEqual({ fields: [], expiresAt: undefined });
  });

  test('a field that the wire leaves out is signed as one that is not there', () => {
    const sent = sentBy(signer.sign(button({ id: 'o1', price: null }, ['id', 'price']), place));
    expect(sent.payload).not.toHaveProperty('price');
    expect(signer.verify(sent, place)).toMatchObject({ fields: ['id', 'price'] });
    const payload = { ...sent.payload, price: 0 };
    expect(signer.verify({ ...sent, payload }, place)).toBe('invalid');
  });
});

describe('the widget', () => {
  const signer = signerOf();

  test('is not touched, and only what lies on the way to the action is copied', () => {
    const widget = button({ id: 'o1' }, ['id']);
    const before = JSON.stringify(widget);
    const signed = signer.sign(widget, place);
    expect(JSON.stringify(widget)).toBe(before);
    const first = ({ children }: WidgetRoot) => (children as unknown[])[0];
    expect(first(signed)).toBe(first(widget));
    expect(signer.sign(Object.freeze(widget), place)).toEqual(signed);
  });

  test('without a marked action comes back as it is', () => {
    const widget: WidgetRoot = { type: 'Card', children: [{ type: 'Button', onClickAction: { type: 'a' } }] };
    expect(signer.sign(widget, place)).toBe(widget);
  });

  test('is signed once: what is signed is marked no more, and stays as it is', () => {
    const signed = signer.sign(button({ id: 'o1' }, ['id']), place);
    expect(signer.sign(signed, place)).toBe(signed);
  });

  test.each([['text'], [1], [[1]]])('with a payload %j cannot be signed', (payload) => {
    const order = defineAction('order', {
      '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) },
    });
    const widget = { type: 'Button', onClickAction: order(payload, { sign: [] }) };
    expect(() => signer.sign(widget, place)).toThrow('The action "order" must be signed');
  });

  test('that holds itself is refused instead of gone through for ever', () => {
    const widget: WidgetRoot = { type: 'Card', children: [] };
    widget['children'] = [widget, widget];
    expect(() => signer.sign(widget, place)).toThrow(/`widget\.children\.0` is a value that contains itself/);
  });

  test('with a marked action is refused where there are no keys', () => {
    const keyless = signerOf({ keys: [] });
    const widget = button({ id: 'o1' }, ['id']);
    expect(() => keyless.sign(widget, place)).toThrow(DeveloperError);
    expect(() => keyless.sign(widget, place)).toThrow(/"order.confirm".*keys/);
    expect(keyless.verify(sentBy(signerOf().sign(widget, place)), place)).toBe('invalid');
  });
});

describe('keys and time', () => {
  test('keys rotate: the first signs, all verify', () => {
    const old = sentBy(signerOf().sign(button({ id: 'o1' }, ['id']), place));
    const rotated = signerOf({ keys: [NEW, OLD] });
    expect(rotated.verify(old, place)).toMatchObject({ fields: ['id'] });
    const fresh = sentBy(rotated.sign(button({ id: 'o1' }, ['id']), place));
    expect(signerOf({ keys: [NEW] }).verify(fresh, place)).toMatchObject({ fields: ['id'] });
    expect(signerOf({ keys: [NEW] }).verify(old, place)).toBe('invalid');
  });

  test.each([
    ['the action says', {}, 1000, 1000],
    ['the application says', { expiresIn: 5000 }, undefined, 5000],
    ['the action says before the application', { expiresIn: 5000 }, 1000, 1000],
  ])('a signature expires when %s', (_, options, expiresIn, goodFor) => {
    const signer = signerOf(options);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_700_000_000_000);
    const action = sentBy(signer.sign(button({ id: 'o1' }, ['id'], expiresIn), place));
    clock.mockReturnValue(1_700_000_000_000 + goodFor - 1);
    expect(signer.verify(action, place)).toEqual({ fields: ['id'], expiresAt: 1_700_000_000_000 + goodFor });
    clock.mockReturnValue(1_700_000_000_000 + goodFor);
    expect(signer.verify(action, place)).toBe('expired');
    expect(signer.verify(action, { ...place, owner: 'bob' })).toBe('invalid');
  });

  test('the longest expiry there is fits', () => {
    const signer = signerOf({ expiresIn: Number.MAX_VALUE });
    const action = sentBy(signer.sign(button({ id: 'o1' }, ['id']), place));
    expect(signer.verify(action, place)).toMatchObject({ fields: ['id'] });
  });
});

describe('whatever is signed', () => {
  const signer = signerOf();
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('id', 'price', 'note', 'children', 'items', 'ü', 'toString') },
    fc.string().filter((each) => each !== '__proto__' && each !== '$signature'),
  );
  const payload = fc.dictionary(name, fc.jsonValue(), { maxKeys: 5, noNullPrototype: true });
  const scenario = payload.chain((given) =>
    fc.record({
      given: fc.constant(given),
      sign: fc.subarray(Object.keys(given)),
      values: fc.dictionary(name, fc.oneof(fc.string(), fc.boolean()), { noNullPrototype: true }),
    }),
  );

  const inForm = (given: object, sign: string[], values: object): WidgetRoot => ({
    type: 'Form',
    onSubmitAction: confirm(given, { sign: sign as never[] }),
    children: Object.keys(values).map((each) => ({ type: 'Input', name: each })),
  });

  test('is verified when it comes back through store, wire and form', () => {
    fc.assert(
      fc.property(scenario, ({ given, sign, values }) => {
        const beside = Object.fromEntries(
          // A form's field with a dotted name may go into a signed object: that is an alteration.
          Object.entries(values).filter(([each]) => !sign.includes(each.split('.')[0]!)),
        );
        const action = sentBy(signer.sign(inForm(given, sign, beside), place), beside);
        expect(signer.verify(action, place)).toEqual({ fields: sign, expiresAt: undefined });
      }),
    );
  });

  test('is refused with any other value in a signed field', () => {
    fc.assert(
      fc.property(scenario, fc.jsonValue(), fc.nat(), ({ given, sign }, other, at) => {
        fc.pre(sign.length > 0);
        const action = sentBy(signer.sign(inForm(given, sign, {}), place));
        const field = sign[at % sign.length]!;
        const value: unknown = JSON.parse(JSON.stringify(other));
        const before = action.payload[field];
        fc.pre(before === undefined || canonicalJson(value) !== canonicalJson(before));
        const changed = { ...action, payload: { ...action.payload, [field]: value } };
        expect(signer.verify(changed, place)).toBe('invalid');
      }),
    );
  });
});

test('withoutSignature takes the signature and nothing else', () => {
  expect(withoutSignature({ a: 1, $signature: 's' })).toEqual({ a: 1 });
  for (const payload of [undefined, null, 'text', ['$signature'], { a: 1 }]) {
    expect(withoutSignature(payload)).toBe(payload);
    expect(signatureIn(payload)).toBeUndefined();
  }
});
