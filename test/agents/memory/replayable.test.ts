import fc from 'fast-check';
import { replayable, type ModelItem } from '../../../src/agents/memory/model-items';
import { Conversations, type ApiItem } from '../support/conversations';

/* Runs of any shape, of which calls may lack an output, or be told by the thread. */

interface Output {
  kind: 'reasoning' | 'message' | 'call' | 'search' | 'image';
  isAnswered: boolean;
  isLeftOut: boolean;
}

const output = fc.record<Output>({
  kind: fc.constantFrom('reasoning', 'message', 'call', 'search', 'image'),
  isAnswered: fc.boolean(),
  isLeftOut: fc.boolean(),
});
/** The API completes no response with reasoning that leads to nothing. */
const response = fc.array(output, { maxLength: 6 }).map((outputs) => {
  const last = outputs.findLastIndex(({ kind }) => kind !== 'reasoning');
  return outputs.slice(0, last + 1);
});

/** The items of a run as the SDK lists them: those of a response, then the outputs of its calls. */
function runOf(responses: Output[][]): { made: ModelItem[][]; items: ModelItem[]; leftOut: Set<string> } {
  const leftOut = new Set<string>();
  const made: ModelItem[][] = [];
  const items: ModelItem[] = [];
  let count = 0;
  for (const outputs of responses) {
    const results: ModelItem[] = [];
    const own = outputs.map(({ kind, isAnswered, isLeftOut }): ModelItem => {
      const id = String((count += 1));
      const callId = `call_${id}`;
      switch (kind) {
        case 'reasoning':
          return { type: 'reasoning', id: `rs_${id}` };
        case 'message':
          return { type: 'message', id: `msg_${id}`, role: 'assistant', content: [] };
        case 'search':
          return { type: 'hosted_tool_call', id: `ws_${id}`, name: 'web_search_call' };
        case 'image':
          return { type: 'hosted_tool_call', id: `ig_${id}`, name: 'image_generation_call' };
        case 'call':
          if (isLeftOut) leftOut.add(callId);
          if (isAnswered) results.push({ type: 'function_call_result', callId, output: 'found' });
          return { type: 'function_call', id: `fc_${id}`, callId, name: 'find', arguments: '{}' };
      }
    });
    made.push(own);
    items.push(...own, ...results);
  }
  return { made, items, leftOut };
}

/** As the SDK sends them. */
function sent(items: readonly ModelItem[]): ApiItem[] {
  return items.map(({ callId, type, ...rest }) => ({
    ...rest,
    type: type.replace('_result', '_output'),
    ...(callId === undefined ? {} : { call_id: callId }),
  }));
}

describe('replayable', () => {
  it('leaves nothing that the API refuses, and loses no message or answered call of its own', () => {
    fc.assert(
      fc.property(fc.array(response, { maxLength: 4 }), (responses) => {
        const { made, items, leftOut } = runOf(responses);
        const conversations = new Conversations();
        const user = { role: 'user', content: 'Hello' };
        for (const outputs of made) {
          const done = sent(outputs).map((item) => ({ type: 'response.output_item.done', item }));
          conversations.number({ input: [user] }, [...done, { type: 'response.completed', response: {} }]);
        }
        const kept = replayable(items, leftOut);
        expect(conversations.refuse({ input: [user, ...sent(kept), user] })).toBeUndefined();

        const messages = (all: readonly ModelItem[]) => all.filter(({ type }) => type === 'message').length;
        expect(messages(kept)).toBe(messages(items));
        const answered = items.flatMap(({ type, callId = '' }) =>
          type === 'function_call_result' && !leftOut.has(callId) ? [callId] : [],
        );
        const calls = kept.flatMap(({ type, callId = '' }) => (type === 'function_call' ? [callId] : []));
        expect(calls.toSorted()).toEqual(answered.toSorted());
      }),
    );
  });
});
