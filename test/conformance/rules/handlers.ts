import { isEqual } from '../equal';
import type { JsonObject } from '../language';
import { adopt, answerWith, itemsOf, refuse, requestOf, threadIn, type Comparison, type Rule } from './rule';

/** What a handler without a stream threw, and the code of ours. */
const THROWN: Readonly<Record<string, string>> = {
  CustomStreamError: 'custom',
  StreamError: 'stream.error',
  RuntimeError: 'internal_error',
};

const lacks = ({ scenario }: Comparison, hook: string): boolean =>
  scenario.without?.some((each) => each === hook) === true;

export const handlers: Rule[] = [
  {
    name: "an action's errors never offer retry",
    apply({ exchange, expected }) {
      if (requestOf(exchange).type !== 'threads.custom_action') return;
      for (const event of expected.reply.events ?? []) {
        if (event['type'] === 'error') event['allow_retry'] = false;
      }
    },
  },
  {
    name: 'an action without a handler is named in the error',
    apply(comparison) {
      const { exchange, expected, ours } = comparison;
      if (!lacks(comparison, 'action') || requestOf(exchange).type !== 'threads.custom_action') return;
      const [, error] = expected.reply.events ?? [];
      const message = ours.reply.events?.[1]?.['message'] as string | undefined;
      if (error === undefined || message !== 'The action "go" is not available.') return;
      Object.assign(error, { code: 'custom', message });
    },
  },
  {
    name: 'a sync handler also handles streaming actions',
    apply(comparison) {
      const { exchange, expected } = comparison;
      const { type } = requestOf(exchange);
      if (type !== 'threads.custom_action' || !lacks(comparison, 'action') || lacks(comparison, 'sync'))
        return;
      const [step] = 'send' in exchange ? (exchange.handler ?? []) : [];
      const last = expected.reply.events?.at(-1);
      if (step === undefined || !('return' in step) || last?.['type'] !== 'error') return;
      const thread = threadIn(expected.state, exchange);
      const items = itemsOf(thread);
      const place = items.findIndex(({ id }) => id === (step.return as JsonObject)['id']);
      const item = { ...items[place], ...(step.return as JsonObject) };
      items[place] = item;
      expected.reply.events!.splice(-1, 1, { type: 'thread.item.replaced', item });
    },
  },
  {
    name: 'what the server does not support is 404 or 501',
    apply(comparison) {
      const { raised } = comparison.expected.reply;
      const { type } = requestOf(comparison.exchange);
      if (raised?.type === 'NotImplementedError' && lacks(comparison, 'sync'))
        refuse(comparison, 404, 'unknown_action');
      if (raised?.type === 'NotImplementedError' && lacks(comparison, 'transcribe'))
        refuse(comparison, 404, 'no_handler');
      if (type.startsWith('attachments.') && lacks(comparison, 'attachments'))
        refuse(comparison, 501, 'no_attachment_store');
    },
  },
  {
    name: 'errors over HTTP have a code',
    apply(comparison) {
      const { status, raised } = comparison.expected.reply;
      const error = THROWN[raised?.type ?? ''];
      if (status === 500 && error !== undefined) answerWith(comparison, { status, error });
    },
  },
  {
    name: 'the item that a sync action returns is stored',
    apply({ exchange, expected }) {
      const { type } = requestOf(exchange);
      const thread = threadIn(expected.state, exchange);
      const item = (expected.reply.json as JsonObject | undefined)?.['updated_item'] as
        JsonObject | undefined;
      if (type !== 'threads.sync_custom_action' || item === undefined || thread === undefined) return;
      const items = itemsOf(thread);
      const place = items.findIndex(({ id }) => id === item['id']);
      if (place < 0) items.push(item);
      else items[place] = item;
    },
  },
  {
    name: 'changes of the thread in a sync action are stored',
    apply({ exchange, expected }) {
      const { type } = requestOf(exchange);
      const thread = threadIn(expected.state, exchange);
      if (type !== 'threads.sync_custom_action' || thread === undefined || !('send' in exchange)) return;
      if (expected.reply.status !== 200) return;
      for (const step of exchange.handler ?? []) if ('thread' in step) Object.assign(thread, step.thread);
    },
  },
  {
    name: 'a pending call is found behind newer items',
    apply(comparison) {
      const { exchange, before, expected, ours } = comparison;
      const { type, params } = requestOf(exchange);
      if (type !== 'threads.add_client_tool_output' || expected.reply.error !== 'conflict') return;
      const stored = itemsOf(threadIn(before, exchange));
      const pending = stored.filter(isPending);
      const page = stored.slice(-20);
      const newest = pending.at(-1);
      if (newest === undefined || ours.reply.status !== 200) return;
      // The handler may have gone on to change the calls themselves.
      const touched = JSON.stringify('send' in exchange ? exchange.handler : []);
      const items = itemsOf(threadIn(ours.state, exchange));
      const fits = pending.every(({ id }) => {
        const item = items.find((each) => each['id'] === id);
        if (touched.includes(`"${id as string}"`)) return true;
        if (id !== newest['id']) return page.some((each) => each['id'] === id) === (item === undefined);
        return item?.['status'] === 'completed' && isEqual(item['output'], params['result']);
      });
      if (fits) adopt(comparison);
    },
  },
  {
    name: 'a rename during a run is kept',
    apply({ exchange, exchanges, expected, before }) {
      const meanwhile = exchanges.at(-2);
      if (!('resume' in exchange) || meanwhile === undefined) return;
      const { type, params } = requestOf(meanwhile);
      if (type !== 'threads.update' || before.threads.at(-1)?.['title'] !== params['title']) return;
      for (const event of expected.reply.events ?? []) {
        if (event['type'] === 'thread.updated')
          Object.assign(event['thread'] as object, { title: params['title'] });
      }
      Object.assign(expected.state.threads.at(-1)!, { title: params['title'] });
    },
  },
];

const isPending = ({ type, status }: JsonObject): boolean =>
  type === 'client_tool_call' && status === 'pending';
