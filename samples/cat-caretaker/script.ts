import { toolCall, type ScriptedAnswer, type ScriptedRequest } from 'chatkit-controllers/testing/agents';

/** Stands in for a model where there is no key: it knows a few words. */
const SCRIPT: readonly [RegExp, (words: string) => ScriptedAnswer][] = [
  [/feed|hungry|eat/i, () => toolCall('care_for_cat', { care: 'feed', how: 'a tin of sardines' })],
  [/play|bored/i, () => toolCall('care_for_cat', { care: 'play', how: 'a paper ball' })],
  [/brush|clean|tangle/i, () => toolCall('care_for_cat', { care: 'brush', how: 'the soft brush' })],
  [/other names/i, () => toolCall('suggest_names', { names: named('Pixel', 'Waffle', 'Juno') })],
  [
    /(?:call|name) (?:it|the cat|him|her) (\w+)/i,
    (words) => toolCall('name_cat', { name: words.split(' ').at(-1) }),
  ],
  [/name/i, () => toolCall('suggest_names', { names: named('Miso', 'Comet', 'Biscuit') })],
  [/card|profile|show/i, () => toolCall('show_profile')],
  [/hello|hi,? cat|meow/i, () => toolCall('speak_as_cat', { line: 'Mrrp! (You are late.)' })],
  [/how/i, () => toolCall('look_at_cat')],
];

const named = (...names: string[]) => names.map((name) => ({ name, reason: 'From the script.' }));

interface InputItem {
  type?: string;
  content?: string | { text?: string }[];
  output?: { text?: string };
}

export function script({ input }: ScriptedRequest): ScriptedAnswer {
  const last = (input as InputItem[]).at(-1);
  if (last?.type === 'function_call_result') return `Done. ${last.output?.text ?? ''}`;
  const words = Array.isArray(last?.content) ? last.content.map(({ text }) => text).join(' ') : '';
  const [, answer] = SCRIPT.find(([pattern]) => pattern.test(words)) ?? [];
  return (
    answer?.(words) ??
    'No model is set up, so a script answers. Try: feed the cat, name the cat, show its card.'
  );
}
