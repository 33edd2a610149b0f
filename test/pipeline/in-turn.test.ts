import { TestScheduler } from 'rxjs/testing';
import { inTurn } from '../../src/pipeline/in-turn';

function run(marbles: (helpers: Parameters<Parameters<TestScheduler['run']>[0]>[0]) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(marbles);
}

const asEvent = (): string => 'E';

describe('inTurn', () => {
  it('begins with the second when the first is over', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const second = cold('c-d|');
      expectObservable(inTurn(cold('a-b|'), () => second, asEvent)).toBe('a-bc-d|');
      expectSubscriptions(second.subscriptions).toBe('---^--!');
    });
  });

  it('makes an event of an error of either, and ends', () => {
    run(({ cold, expectObservable }) => {
      const never = (): never => {
        throw new Error('must not begin');
      };
      expectObservable(inTurn(cold('a-#'), never, asEvent)).toBe('a-(E|)');
      expectObservable(inTurn(cold('a|'), () => cold('-b-#'), asEvent)).toBe('a-b-(E|)');
      expectObservable(inTurn(cold('a-|'), never, asEvent)).toBe('a-(E|)');
    });
  });

  it('gives up whichever it is at', () => {
    run(({ cold, expectObservable, expectSubscriptions }) => {
      const first = cold('a---|');
      expectObservable(
        inTurn(first, () => cold('b|'), asEvent),
        '--!',
      ).toBe('a');
      expectSubscriptions(first.subscriptions).toBe('^-!');
      const second = cold('c----|');
      expectObservable(
        inTurn(cold('a|'), () => second, asEvent),
        '---!',
      ).toBe('ac');
      expectSubscriptions(second.subscriptions).toBe('-^-!');
    });
  });
});
