import { toolCall, type ScriptedAnswer, type ScriptedRequest } from 'chatkit-controllers/testing/agents';

/** Stands in for a model where there is no key: it knows a few words. */
const SCRIPT: readonly [RegExp, () => ScriptedAnswer][] = [
  [/seat/i, () => toolCall('change_seat', { flight: 'FJ 204', seat: '9A' })],
  [/cancel/i, () => toolCall('cancel_trip')],
  [/bag/i, () => toolCall('add_bag')],
  [/wheelchair|help at/i, () => toolCall('request_assistance', { need: 'a wheelchair to the gate' })],
  [/meal|eat/i, () => toolCall('show_meals')],
  [/fly|book/i, () => toolCall('show_flights', TRIP)],
  [/image|photo|picture/i, () => 'Thank you, I have your picture.'],
];

const TRIP = { from: 'BGO', to: 'LIS', date: '2027-06-01', back: '2027-06-08', cabin: 'economy' };

interface InputItem {
  type?: string;
  content?: string | { type?: string; text?: string }[];
  output?: { text?: string };
}

export function script({ input, systemInstructions = '' }: ScriptedRequest): ScriptedAnswer {
  if (systemInstructions.includes('title')) return 'Your trip';
  const last = typeof input === 'string' ? undefined : (input as InputItem[]).at(-1);
  if (last?.type === 'function_call_result') return `Done. ${last.output?.text ?? ''}`;
  const words = JSON.stringify(last?.content ?? input);
  const [, answer] = SCRIPT.find(([pattern]) => pattern.test(words)) ?? [];
  return (
    answer?.() ??
    'No model is set up, so a script answers. Try: another seat, one more bag, the meals, a flight.'
  );
}
