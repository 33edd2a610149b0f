import fc from 'fast-check';
import { isStreamingOperation, isVisible, OPERATIONS, STREAMING_OPERATIONS } from '../../src/protocol';
import { hiddenItem, visibleItem } from './arbitraries';

describe('isStreamingOperation', () => {
  it('tells the six that stream from the ten that do not', () => {
    expect(OPERATIONS.filter(isStreamingOperation).sort()).toEqual([...STREAMING_OPERATIONS].sort());
    expect(isStreamingOperation('constructor')).toBe(false);
  });
});

describe('isVisible', () => {
  it('tells what the client may see', () => {
    fc.assert(
      fc.property(visibleItem, hiddenItem, (shown, hidden) => isVisible(shown) && !isVisible(hidden)),
    );
  });
});
