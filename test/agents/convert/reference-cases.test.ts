import type { EventDraft } from '../../../src/context';
import {
  accumulateText,
  AgentContext,
  ResponseStreamConverter,
  streamAgentResponse,
  type FileCitation,
  type RunEvent,
  type StreamedRun,
  type UrlCitation,
} from '../../../src/agents';
import type { Annotation } from '../../../src/protocol';
import { makeContext } from '../../pipeline/harness';
import { api, inResponse, messageItem, outputText, type Step } from '../golden/stream';
import { runOf } from '../support/fake-run';

/*
 * Cases of the reference's tests/test_agents.py that are neither among the golden streams nor among the
 * tests of conversion to input: docs/reference-tests.md says where each of them is.
 */

async function eventsOf(
  run: StreamedRun,
  {
    context = new AgentContext(makeContext()),
    converter,
  }: { context?: AgentContext; converter?: ResponseStreamConverter } = {},
): Promise<EventDraft[]> {
  const events: EventDraft[] = [];
  for await (const event of streamAgentResponse(context, run, { converter })) events.push(event);
  return events;
}

/** A run that says nothing, and lasts as long as its tool does. */
function lasting(tool: Promise<void>): StreamedRun {
  return {
    // eslint-disable-next-line require-yield -- it says nothing
    async *[Symbol.asyncIterator]() {
      await tool;
    },
  };
}

const text = (value: string) => ({ type: 'Card', children: [{ type: 'Text', id: 'text', value }] });

describe('widgets of tools', () => {
  it('stream the text of a component that grows', async () => {
    const context = new AgentContext(makeContext());
    const sent = context.streamWidget(function* () {
      yield text('');
      yield text('Hello, world');
    });
    expect(await eventsOf(lasting(sent), { context })).toMatchObject([
      { type: 'thread.item.added', item: { type: 'widget', widget: text('') } },
      {
        type: 'thread.item.updated',
        update: { type: 'widget.streaming_text.value_delta', component_id: 'text', delta: 'Hello, world' },
      },
      { type: 'thread.item.done', item: { widget: text('Hello, world') } },
    ]);
  });

  it('are sent whole where more than text has changed', async () => {
    const other = { type: 'Card', children: [{ type: 'Text', key: 'other', value: 'World!' }] };
    const context = new AgentContext(makeContext());
    const sent = context.streamWidget(function* () {
      yield text('Hello!');
      yield other;
    });
    expect(await eventsOf(lasting(sent), { context })).toMatchObject([
      { type: 'thread.item.added' },
      { update: { type: 'widget.root.updated', widget: other } },
      { type: 'thread.item.done', item: { widget: other } },
    ]);
  });

  it('are sent while the model says nothing', async () => {
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const context = new AgentContext(makeContext());
    const sent = context.streamWidget(text('Hello'));
    const stream = streamAgentResponse(context, lasting(ended));
    expect(await stream.next()).toMatchObject({ done: false, value: { item: { type: 'widget' } } });
    const next = stream.next();
    await sent; // it is through when the next event is asked for
    end();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

it('accumulateText makes states of a component of what a model writes', async () => {
  const delta = (value: string): RunEvent => ({
    type: 'raw_model_stream_event',
    data: { type: 'output_text_delta', delta: value },
  });
  async function* events(): AsyncGenerator<RunEvent> {
    yield delta('Hello, ');
    yield { type: 'agent_updated_stream_event' };
    yield delta('world!');
  }
  const base = { type: 'Text', key: 'text', value: '', streaming: true };
  const states: unknown[] = [];
  for await (const state of accumulateText(events(), base)) states.push(state);
  expect(states).toEqual([
    base,
    { ...base, value: 'Hello, ' },
    { ...base, value: 'Hello, world!' },
    { ...base, value: 'Hello, world!', streaming: false },
  ]);
});

describe('a converter of the application', () => {
  const at = { item_id: 'm_1', output_index: 0, content_index: 0 };
  const item = messageItem('m_1', [
    outputText('Hello!', [
      { type: 'url_citation', url: 'https://example.com', title: 'Example', start_index: 0, end_index: 7 },
    ]),
  ]);
  const cited: Step[] = inResponse(
    api('output_text.annotation.added', {
      ...at,
      annotation: { type: 'file_citation', file_id: 'f', filename: 'file.txt', index: 0 },
    }),
    api('output_item.done', { output_index: 0, item }),
  );

  it('makes annotations of citations, or none', async () => {
    const calls: string[] = [];
    class Custom extends ResponseStreamConverter {
      override async fileCitationToAnnotation({ filename }: FileCitation): Promise<Annotation> {
        calls.push('file');
        return {
          type: 'annotation',
          source: { type: 'file', filename: filename!, title: 'Report' },
          index: 111,
        };
      }
      override async urlCitationToAnnotation(citation: UrlCitation): Promise<null> {
        calls.push(citation.url);
        return null;
      }
    }
    const events = await eventsOf(runOf(...cited), { converter: new Custom() });
    expect(calls).toEqual(['file', 'https://example.com']);
    expect(events).toContainEqual(
      expect.objectContaining({
        update: expect.objectContaining({
          annotation: {
            type: 'annotation',
            source: { type: 'file', filename: 'file.txt', title: 'Report' },
            index: 111,
          },
        }),
      }),
    );
    expect(events.at(-1)).toMatchObject({ item: { content: [{ text: 'Hello!', annotations: [] }] } });
  });

  it('makes URLs of images, under one id from the first partial image to the last', async () => {
    const calls: (readonly [string, string, number | undefined])[] = [];
    class Stored extends ResponseStreamConverter {
      override async base64ImageToUrl(
        imageId: string,
        base64: string,
        partialIndex?: number,
      ): Promise<string> {
        calls.push([imageId, base64, partialIndex]);
        return `https://example.com/${String(partialIndex ?? 'whole')}.png`;
      }
    }
    const image = { output_index: 0, item: { type: 'image_generation_call', id: 'ig', result: 'BBBB' } };
    const events = await eventsOf(
      runOf(
        ...inResponse(
          api('output_item.added', { output_index: 0, item: { type: 'image_generation_call', id: 'ig' } }),
          api('image_generation_call.partial_image', {
            output_index: 0,
            item_id: 'changes',
            partial_image_b64: 'AAAA',
            partial_image_index: 0,
          }),
          api('output_item.done', image),
        ),
      ),
      { converter: new Stored() },
    );
    const imageId = calls[0]![0];
    expect(calls).toEqual([
      [imageId, 'AAAA', 0],
      [imageId, 'BBBB', undefined],
    ]);
    expect(events).toMatchObject([
      { type: 'thread.item.added', item: { type: 'generated_image' } },
      { update: { image: { id: imageId, url: 'https://example.com/0.png' }, progress: 0 } },
      { type: 'thread.item.done', item: { image: { id: imageId, url: 'https://example.com/whole.png' } } },
    ]);
  });
});
