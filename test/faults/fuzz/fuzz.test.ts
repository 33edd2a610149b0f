import { Random } from '../random';
import { wrongWith } from './judge';
import { prototypes } from './prototypes';
import { shotOf } from './shots';
import { shrink } from './shrink';
import { framesOf } from './whole-text-parser';

/*
 * What finds faults is to be able to. The runs themselves are `npm run test:faults`.
 */

describe('the fuzzer', () => {
  it('makes the same body of the same seed', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      expect(shotOf(new Random(seed)).body.equals(shotOf(new Random(seed)).body)).toBe(true);
    }
  });

  it('finds the smallest body that fails', async () => {
    const body = Buffer.from(`{"a":[1,2,3],"b":${'x'.repeat(500)}"__proto__"}`);
    const fails = async (smaller: Buffer): Promise<boolean> => smaller.includes('__proto__');
    expect((await shrink(body, fails)).toString()).toBe('__proto__');
  });

  it('tells what was added to a prototype, changed there, or taken away', () => {
    const polluted = prototypes();
    expect(polluted()).toEqual([]);
    const { trim } = String.prototype;
    Object.assign(Object.prototype, { polluted: true });
    Object.assign(String.prototype, { trim: () => '' });
    const found = polluted();
    Reflect.deleteProperty(Object.prototype, 'polluted');
    Object.assign(String.prototype, { trim });
    expect(found).toEqual(['Object.prototype.polluted', 'String.prototype.trim']);
  });
});

describe('the judge of answers', () => {
  const json = { type: 'application/json' };
  const events = { status: 200, type: 'text/event-stream' };
  const refusal = JSON.stringify({ error: { code: 'a', message: 'b', request_id: 'c' } });

  it.each([
    { ...json, status: 200, text: '{}' },
    { ...json, status: 400, text: refusal },
    { ...events, text: 'data: {"type":"progress_update","text":"x"}\n\n: \n\n' },
  ])('finds nothing wrong with $text', (reply) => {
    expect(wrongWith(reply)).toBeUndefined();
  });

  it.each([
    ['no answer', { ...json, status: 0, text: '', broken: 'no end' }],
    ['an error of the server', { ...json, status: 500, text: refusal }],
    ['a refusal without an id', { ...json, status: 400, text: '{"error":{"code":"a","message":"b"}}' }],
    ['a refusal that is no JSON', { ...json, status: 400, text: 'No.' }],
    ['hidden content', { ...json, status: 200, text: '"SECRET-0e1f"' }],
    ['an event that the protocol does not have', { ...events, text: 'data: {"type":"x"}\n\n' }],
    ['a stream that breaks off', { ...events, text: 'data: {"type":"pro' }],
  ])('is against %s', (_, reply) => {
    expect(wrongWith(reply)).toEqual(expect.any(String));
  });
});

describe('the reader of a whole stream', () => {
  it('knows frames of any line end, comments, and an end that is none', () => {
    expect(framesOf('data: a\r\ndata:b\r\n\r\n: x\n\ndata\n\n: end')).toEqual({
      frames: ['a\nb', ''],
      isWhole: true,
    });
    expect(framesOf('data: a\n').isWhole).toBe(false);
    expect(framesOf('da').isWhole).toBe(false);
  });
});
