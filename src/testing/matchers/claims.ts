import type { HiddenItem, VisibleItem } from '../../protocol';
import { describeWidget, looksLike, type ChatResult, type SenderLooks } from '../chat';
import { fits } from './fits';
import { shown, whatHappened } from './what-happened';

/** Whether an expectation about a result holds, and the failure message (also for `not`). */
export interface Claim {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A text, a pattern that the text matches, or a function that returns true for it. */
export type ExpectedText = string | RegExp | ((text: string) => boolean);

/** An item, by its id (such as an item of a result), or by how a widget looks. */
export type ExpectedItem = { readonly id: string } | SenderLooks;

export function said(result: ChatResult, text: ExpectedText): Claim {
  const { messages } = result;
  return claim(
    messages.some((message) => fits(message, text)),
    `said ${shown(text)}`,
    () => whatHappened('message of the assistant', messages.map(shown), result),
  );
}

export function replaced(result: ChatResult, item?: ExpectedItem, content?: unknown): Claim {
  const found = result.replaced.filter((each) => item === undefined || isItem(each, item));
  return claim(
    found.some((each) => content === undefined || fits(each.type === 'widget' ? each.widget : each, content)),
    `replaced ${item === undefined ? 'an item' : describeExpected(item)}${content === undefined ? '' : ` by ${shown(content)}`}`,
    () => whatHappened('replaced item', result.replaced.map(describe), result),
  );
}

export function hasEffect(result: ChatResult, name: string, data?: unknown): Claim {
  const { effects } = result;
  return claim(
    effects.some((effect) => effect.name === name && (data === undefined || fits(effect.data, data))),
    `sent the client effect "${name}"${data === undefined ? '' : ` with ${shown(data)}`}`,
    () =>
      whatHappened(
        'client effect',
        effects.map((effect) => `${effect.name} ${shown(effect.data)}`),
        result,
      ),
  );
}

export function hasHiddenContext(result: ChatResult, content?: unknown): Claim {
  const contents = result.hiddenContext.map((item: HiddenItem): unknown => item.content);
  return claim(
    contents.some((each) => content === undefined || fits(each, content)),
    `stored ${content === undefined ? 'hidden context' : `the hidden context ${shown(content)}`}`,
    () => whatHappened('hidden context', contents.map(shown), result),
  );
}

function claim(pass: boolean, done: string, found: () => string): Claim {
  return {
    pass,
    message: () =>
      `The run has ${pass ? '' : 'not '}${done}${pass ? ', but should not have.' : '.'}\n${found()}`,
  };
}

function isItem(item: VisibleItem, expected: ExpectedItem): boolean {
  return 'id' in expected ? item.id === expected.id : item.type === 'widget' && looksLike(item, expected);
}

function describeExpected(item: ExpectedItem): string {
  return 'id' in item ? `the item ${item.id}` : `a widget of the kind ${shown(item)}`;
}

function describe(item: VisibleItem): string {
  return `${item.id}: ${item.type === 'widget' ? `${describeWidget(item)} ${shown(item.widget)}` : shown(item)}`;
}
