import { itemsOf, refuse, requestOf, threadIn, type Comparison, type Rule } from './rule';

/** What went wrong in the reference, in its own words, and what ours answers. */
function refusal(name: string, type: string, words: RegExp, status: number, code: string): Rule {
  return {
    name,
    apply(comparison) {
      const { raised } = comparison.expected.reply;
      if (raised?.type === type && words.test(raised.message)) refuse(comparison, status, code);
    },
  };
}

/** Problems of the request itself are HTTP answers, and nothing is stored. */
export const refusals: Rule[] = [
  refusal(
    'an unknown thread, item or attachment is 404',
    'NotFoundError',
    /^(thread|item|attachment) /,
    404,
    'not_found',
  ),
  refusal(
    'tool output without a pending call is 409',
    'ValueError',
    /was not a ClientToolCallItem$/,
    409,
    'conflict',
  ),
  refusal(
    'answers without a question are 409',
    'ValueError',
    /is not a StructuredInputItem$/,
    409,
    'conflict',
  ),
  refusal(
    'answers that are sent twice are 409',
    'ValueError',
    /^Structured input .* is not pending$/,
    409,
    'conflict',
  ),
  refusal(
    'a retry of an item that is not a user message is 409',
    'ValueError',
    /is not a user message$/,
    409,
    'conflict',
  ),
  {
    name: 'a retry of an unknown item is 404',
    apply(comparison) {
      const { type } = requestOf(comparison.exchange);
      const { events, cut } = comparison.expected.reply;
      if (type !== 'threads.retry_after_item' || events?.length !== 0 || cut !== undefined) return;
      refuse(comparison, 404, 'not_found');
    },
  },
  {
    name: 'a sender that is not a widget is 400',
    apply(comparison) {
      const { type } = requestOf(comparison.exchange);
      const { events, raised } = comparison.expected.reply;
      const broken =
        type === 'threads.custom_action' && events?.length === 1 && events[0]?.['type'] === 'error';
      const refused = raised?.message.endsWith('requires a widget sender item') === true;
      if (broken || refused) refuse(comparison, 400, 'sender_not_a_widget');
    },
  },
  {
    name: 'unknown things cannot be listed, rated or deleted: 404',
    apply(comparison) {
      if (comparison.expected.reply.status === 200 && isNowhere(comparison))
        refuse(comparison, 404, 'not_found');
    },
  },
];

/** Whether the request names something that the reference does not look for. */
function isNowhere({ exchange, before, memory }: Comparison): boolean {
  const { type, params } = requestOf(exchange);
  const thread = threadIn(before, exchange);
  switch (type) {
    case 'threads.delete':
      return thread === undefined;
    case 'items.list':
      return (
        thread === undefined ||
        !wasThere(params['after'], memory.everStored.get(thread['id'] as string) ?? [])
      );
    case 'threads.list':
      return !wasThere(params['after'], [...memory.everStored.keys()]);
    case 'items.feedback':
      return (
        thread === undefined ||
        !(params['item_ids'] as string[]).every((id) => itemsOf(thread).some((item) => item['id'] === id))
      );
    case 'attachments.delete':
      return params['attachment_id'] === 'nowhere';
    default:
      return false;
  }
}

/** References are to what was made, so they are never to nothing. */
function wasThere(cursor: unknown, ids: readonly string[]): boolean {
  return typeof cursor !== 'string' || cursor === '' || cursor.startsWith('{{') || ids.includes(cursor);
}
