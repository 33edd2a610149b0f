import type { AssistantMessageItem, ThreadStreamEvent, VisibleItem } from 'chatkit-controllers/client';
import { isStream, type LoggedRequest } from '../../data/logged-request';
import { literal, quoted } from '../literal';
import { parsed } from '../parsed';
import { threadOf } from './sent';
import { withIds } from './test-call';

/** The lines that send a request and expect its result: shown items, and effects for the page. */
export function expectationsOf(
  request: LoggedRequest,
  call: string,
  items: readonly VisibleItem[],
): string[] {
  const { status = 200, operation } = request;
  if (status >= 400) return [`  await expect(${call}).rejects.toMatchObject({ status: ${String(status)} });`];
  if (operation === 'items.feedback') return [`  await ${call};`];
  if (operation === 'threads.sync_custom_action')
    return [`  const result = await ${call};`, updated(request)];
  if (!isStream(request)) return [`  expect(await ${call}).toBeDefined();`];
  const events = request.events.map(({ text }) => parsed(text) as ThreadStreamEvent);
  const code = (value: unknown): string => withIds(literal(value, '  '), threadOf(request), items);
  return [
    `  const result = await ${call};`,
    failed(events),
    ...shown(events, items),
    ...events.flatMap((event) => {
      if (event.type === 'thread.item.replaced') return replaced(event.item);
      if (event.type !== 'client_effect') return [];
      const data = event.data === undefined ? '' : `, ${code(event.data)}`;
      return `  expect(result).toHaveEffect(${quoted(event.name)}${data});`;
    }),
  ];
}

function failed(events: readonly ThreadStreamEvent[]): string {
  const error = events.find((event) => event.type === 'error');
  return error === undefined
    ? '  expect(result.error).toBeUndefined();'
    : `  expect(result.error).toMatchObject({ code: ${quoted(error.code)} });`;
}

/** The messages and widgets that the run left in the thread. */
function shown(events: readonly ThreadStreamEvent[], items: readonly VisibleItem[]): string[] {
  const ids = new Set(events.flatMap((event) => ('item' in event ? event.item.id : [])));
  const left = items.filter(({ id }) => ids.has(id));
  const texts = left.filter((item) => item.type === 'assistant_message').map(textOf);
  const types = left.flatMap((item) => (item.type === 'widget' ? quoted(item.widget.type) : []));
  const widgets = `  expect(result.widgets.map(({ widget }) => widget.type)).toEqual([${types.join(', ')}]);`;
  return [
    ...texts.map((text) => `  expect(result).toHaveSaid(${quoted(text)});`),
    ...(types.length === 0 ? [] : [widgets]),
  ];
}

function textOf({ content }: AssistantMessageItem): string {
  return content.map(({ text }) => text).join('');
}

function replaced(item: { type: string; widget?: { type: string } }): string {
  const looks = item.widget === undefined ? '' : `{ type: ${quoted(item.widget.type)} }`;
  return `  expect(result).toHaveReplaced(${looks});`;
}

/** The expectation for a sync action, whose change is in its response instead of an event. */
function updated({ answer = '' }: LoggedRequest): string {
  const { updated_item: item } = parsed(answer) as { updated_item?: Parameters<typeof replaced>[0] };
  return item === undefined ? '  expect(result).not.toHaveReplaced();' : replaced(item);
}
