import { areStrongKeys, KeyRing } from '../../src/store';

const A = 'a'.repeat(32);
const B = Buffer.alloc(32, 'b');

describe('KeyRing', () => {
  it('verifies what it signed, and nothing else', () => {
    const ring = new KeyRing([A]);
    const signature = ring.sign('text');
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(ring.verify('text', signature)).toBe(true);
    expect(ring.verify('texts', signature)).toBe(false);
    expect(ring.verify('text', new KeyRing([B]).sign('text'))).toBe(false);
    for (const other of ['', signature.slice(1), `${signature}A`, 'é'.repeat(43)]) {
      expect(ring.verify('text', other)).toBe(false);
    }
  });

  it('signs by the first key and verifies by all', () => {
    const old = new KeyRing([A]).sign('text');
    const rotated = new KeyRing([B, A]);
    expect(rotated.verify('text', old)).toBe(true);
    expect(rotated.sign('text')).toBe(new KeyRing([B]).sign('text'));
    expect(new KeyRing([B]).verify('text', old)).toBe(false);
  });

  it('signs nothing without a key', () => {
    expect(() => new KeyRing([]).sign('text')).toThrow('no key');
    expect(new KeyRing([]).verify('text', '')).toBe(false);
  });
});

test.each<[unknown, boolean]>([
  [[A], true],
  [[B, A], true],
  [[new Uint8Array(32)], true],
  [[new Uint8Array(31)], false],
  [[], false],
  [[A, 'short'], false],
  [['ä'.repeat(16)], true], // bytes count, not characters
  [A, false],
  [undefined, false],
  [[undefined], false],
  [[Array.from(B)], false],
])('areStrongKeys(%j) is %s', (keys, strong) => {
  expect(areStrongKeys(keys)).toBe(strong);
});
