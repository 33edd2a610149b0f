import { toolCall, type ScriptedAnswer, type ScriptedRequest } from 'chatkit-controllers/testing/agents';

/** Stands in for a model where there is no key: it knows a few words. */
const SCRIPT: readonly [RegExp, (words: string) => ScriptedAnswer][] = [
  [/Tagged station: (.*)/, (words) => `You mean this one: ${/"about\W+([^"\\]*)/.exec(words)?.[1] ?? ''}.`],
  [/\(id (\w+)\)/, (words) => toolCall('add_station', { name: 'Seagull Steps', ...placeIn(words) })],
  [/I choose/, () => 'At its first stop or at its last? Click one on the map.'],
  [/new station|add/i, () => toolCall('show_lines')],
  [/select/i, () => toolCall('get_selected_stations')],
  [/route|way|from/i, () => toolCall('plan_route', { from: 'quay', to: 'farm' })],
  [/line|map/i, () => toolCall('look_at_map')],
];

function placeIn(words: string): object {
  const [, end, line] = /the (first|last) stop.*\(id (\w+)\)/.exec(words) ?? [];
  return { end, line };
}

interface InputItem {
  type?: string;
  content?: unknown;
  /** Of the page's tools it is a text. */
  output?: string | { text?: string };
}

export function script({ input, systemInstructions = '' }: ScriptedRequest): ScriptedAnswer {
  if (systemInstructions.includes('title')) return 'Metro plans';
  const last = (input as InputItem[]).at(-1);
  if (last?.type === 'function_call_result') {
    return `Done. ${(typeof last.output === 'string' ? last.output : last.output?.text) ?? ''}`;
  }
  const words = JSON.stringify(last?.content ?? '');
  const [, answer] = SCRIPT.find(([pattern]) => pattern.test(words)) ?? [];
  return (
    answer?.(words) ??
    'No model is set up, so a script answers. Try: a new station, the way to the Wind Farm.'
  );
}
