import { Heartbeat } from '../../src/transport/heartbeat';
import { errorAnswer, type HttpAnswer, type SsePort } from '../../src/transport/http-answer';
import { SseSink } from '../../src/transport/sse-sink';
import { pause, until } from '../support/wait';

/** A port that notes what it is told, and takes as much as it is told to. */
class FakePort implements SsePort {
  readonly calls: string[] = [];
  full = false;

  head(): void {
    this.calls.push('head');
  }
  write(text: string): boolean {
    this.calls.push(`write ${text}`);
    return !this.full;
  }
  end(text: string): void {
    this.calls.push(`end ${text}`);
  }
  instead({ body }: HttpAnswer): void {
    this.calls.push(`instead ${body.kind === 'text' ? body.text : body.kind}`);
  }
  onDrain(listener: () => void): void {
    this.drained = listener;
  }
  drained = (): void => undefined;
}

function make() {
  const port = new FakePort();
  const closed: unknown[] = [];
  const heartbeat = new Heartbeat(0);
  jest.spyOn(heartbeat, 'remove').mockImplementation((sink) => closed.push(sink));
  const sink = new SseSink(port, heartbeat, (error) => errorAnswer(500, {}, String(error)));
  return { port, closed, sink };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('events of one turn of the event loop leave in one write, behind the headers', async () => {
  const { port, sink } = make();
  sink.write('1');
  sink.write('2');
  expect(port.calls).toEqual([]);
  await turn();
  sink.write('3');
  await turn();
  expect(port.calls).toEqual(['head', 'write data: 1\n\ndata: 2\n\n', 'write data: 3\n\n']);
});

test('much text is written at once', () => {
  const { port, sink } = make();
  sink.write('x'.repeat(20_000));
  expect(port.calls).toHaveLength(2);
});

test('what has not left yet leaves with the end', async () => {
  const { port, sink, closed } = make();
  sink.write('1');
  sink.end();
  sink.end();
  await turn();
  expect(port.calls).toEqual(['end data: 1\n\n']);
  expect([sink.closed, closed]).toEqual([true, []]); // it never beat
});

test('what ends within its first turn leaves in one piece, whatever is asked of it in between', async () => {
  const { port, sink } = make();
  sink.write('1');
  sink.end();
  sink.open();
  sink.beat();
  sink.write('2');
  await turn();
  expect(port.calls).toEqual(['end data: 1\n\n']);
});

test('the gate is held while the client reads too slowly, and until it has caught up or left', async () => {
  for (const release of ['drained', 'abandoned'] as const) {
    const { port, sink } = make();
    port.full = true;
    sink.write('1');
    await turn();
    sink.write('2');
    await turn();
    expect(sink.gate.isOpen).toBe(false);
    const goOn = (): void => (release === 'drained' ? port.drained() : sink.abandoned());
    goOn();
    goOn();
    expect(sink.gate.isOpen).toBe(true);
  }
});

test('after the client has left nothing is written', async () => {
  const { port, sink, closed } = make();
  sink.open();
  port.calls.length = 0;
  sink.write('1');
  sink.abandoned();
  sink.write('2');
  sink.open();
  sink.fail(new Error('late'));
  sink.end();
  await turn();
  expect(port.calls).toEqual([]);
  expect([sink.closed, closed]).toEqual([true, [sink]]);
});

test('it has started with its first event or its headers, and can fail only before', () => {
  const { port, sink } = make();
  expect(sink.started).toBe(false);
  sink.fail('no');
  expect(port.calls).toEqual(['instead no']);
  const second = make();
  second.sink.open();
  expect(second.sink.started).toBe(true);
  const third = make();
  third.sink.write('1');
  expect(third.sink.started).toBe(true);
});

test('a heartbeat comes only on a stream that is open, idle and not held up', async () => {
  const { port, sink } = make();
  sink.beat();
  expect(port.calls).toEqual([]);
  sink.open();
  sink.beat();
  sink.write('1');
  await turn();
  sink.beat(); // something was written since
  expect(port.calls).toEqual(['head', 'write : \n\n', 'write data: 1\n\n']);
  sink.beat();
  expect(port.calls.at(-1)).toBe('write : \n\n');
  port.full = true;
  sink.write('2');
  await turn();
  const { length } = port.calls;
  sink.beat();
  sink.beat();
  expect(port.calls).toHaveLength(length);
});

describe('the timer of heartbeats', () => {
  test('beats on open streams, and not on those that were taken off', async () => {
    const heartbeat = new Heartbeat(5);
    const [first, second] = [make(), make()];
    for (const { sink } of [first, second]) {
      sink.open();
      heartbeat.add(sink);
    }
    heartbeat.remove(second.sink);
    await until(() => first.port.calls.length > 3);
    expect(second.port.calls).toEqual(['head']);
    heartbeat.stop();
    const { length } = first.port.calls;
    await pause(20);
    expect(first.port.calls).toHaveLength(length);
  });

  test('does not start for a period of 0', async () => {
    const heartbeat = new Heartbeat(0);
    const { port, sink } = make();
    sink.open();
    heartbeat.add(sink);
    await pause(10);
    expect(port.calls).toEqual(['head']);
  });
});
