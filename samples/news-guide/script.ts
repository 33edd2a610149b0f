import { toolCall, type ScriptedAnswer, type ScriptedRequest } from 'chatkit-controllers/testing/agents';

/** Stands in for a model where there is no key: it knows a few words. */
const SCRIPT: readonly [RegExp, (words: string) => ScriptedAnswer][] = [
  [/Mentioned: ([^,]*)/, (words) => show(words, 'Here is what you mentioned.')],
  [/this page|sum up/i, () => toolCall('read_open_page')],
  [/council/i, () => toolCall('search_articles', { author: null, topic: 'council', text: null })],
  [/new|trend/i, () => toolCall('search_articles', { author: null, topic: null, text: null })],
  [/saturday/i, () => toolCall('search_events', { day: 'Saturday', word: null })],
  [/puzzle/i, () => toolCall('transfer_to_Puzzles')],
  [/event|weekend/i, () => toolCall('transfer_to_Events')],
];

const idsIn = (words: string) => Array.from(words.matchAll(/"id\W+(\w+)/g), ([, id]) => id);
const show = (words: string, message: string) => toolCall('show_articles', { ids: idsIn(words), message });

interface InputItem {
  type?: string;
  name?: string;
  content?: unknown;
  output?: unknown;
}

export function script({ input, systemInstructions = '' }: ScriptedRequest): ScriptedAnswer {
  if (systemInstructions.includes('a title')) return 'From the paper';
  if (systemInstructions.includes('puzzles about'))
    return 'One is a lie: the clock is fast, the pool has otters, the bakery sleeps.';
  const last = (input as InputItem[]).at(-1);
  const words = JSON.stringify(last?.content ?? last?.output ?? '');
  const isEvents = systemInstructions.includes('weekend');
  switch (last?.type === 'function_call_result' ? last.name : undefined) {
    case 'search_articles':
      return show(words, 'This is what I found:');
    case 'search_events':
      return toolCall('show_events', { ids: idsIn(words), message: 'This is on:' });
    case undefined:
      break;
    default:
      return isEvents ? toolCall('search_events', { day: null, word: null }) : `It says: ${words}`;
  }
  if (isEvents && !/saturday/i.test(words)) return toolCall('search_events', { day: null, word: null });
  const [, answer] = SCRIPT.find(([pattern]) => pattern.test(words)) ?? [];
  return (
    answer?.(words) ??
    'No model is set up, so a script answers. Try: what is new, events on Saturday, a puzzle.'
  );
}
