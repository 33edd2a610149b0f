import { Gate } from '../../src/pipeline';

describe('Gate', () => {
  it('is open until it is held, and again when every hold is given back', () => {
    const gate = new Gate();
    expect(gate.isOpen).toBe(true);
    gate.hold();
    gate.hold();
    gate.release();
    expect(gate.isOpen).toBe(false);
    gate.release();
    expect(gate.isOpen).toBe(true);
  });

  it('tells nobody of a release while others still hold it', () => {
    const gate = new Gate();
    const told: string[] = [];
    gate.first = () => void told.push('first');
    gate.hold();
    gate.hold();
    gate.whenOpen(() => told.push('waiting'));
    gate.release();
    expect(told).toEqual([]);
    gate.release();
    expect(told).toEqual(['first', 'waiting']);
  });

  it('lets those who wait go on in order, and each only once', () => {
    const gate = new Gate();
    const resumed: string[] = [];
    gate.hold();
    gate.whenOpen(() => resumed.push('a'));
    gate.whenOpen(() => resumed.push('b'));
    gate.release();
    gate.hold();
    gate.release();
    expect(resumed).toEqual(['a', 'b']);
  });

  it('keeps the others waiting when one of them shuts it again', () => {
    const gate = new Gate();
    const resumed: string[] = [];
    gate.hold();
    gate.whenOpen(() => {
      resumed.push('a');
      gate.hold();
    });
    gate.whenOpen(() => resumed.push('b'));
    gate.release();
    expect(resumed).toEqual(['a']);
    gate.release();
    expect(resumed).toEqual(['a', 'b']);
  });

  it('lets the delivery go first, which may shut it before anybody pulls', () => {
    const gate = new Gate();
    const resumed: string[] = [];
    gate.first = () => {
      resumed.push('first');
      gate.hold();
    };
    gate.hold();
    gate.whenOpen(() => resumed.push('source'));
    gate.release();
    expect(resumed).toEqual(['first']);
  });

  it('refuses to be released more often than held', () => {
    expect(() => new Gate().release()).toThrow('released more often than held');
  });
});
