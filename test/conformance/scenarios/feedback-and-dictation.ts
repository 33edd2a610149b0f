import type { Scenario } from '../language';
import { create, done, hidden, message, request } from './parts';

const rate = (item_ids: string[], kind: string) => request('items.feedback', { item_ids, kind });
const dictate = (audio_base64: string, mime_type: string, text = 'heard') => ({
  send: { type: 'input.transcribe', params: { audio_base64, mime_type } },
  handler: [{ return: text }],
});

export const feedbackAndDictation: Scenario[] = [
  { name: 'A thumb up', exchanges: [create([done(message('a', 'Hi'))]), rate(['a'], 'positive')] },
  {
    name: 'A thumb down for several',
    exchanges: [create([done(message('a', 'Hi')), done(message('b', 'Ho'))]), rate(['b', 'a'], 'negative')],
  },
  { name: 'A thumb for nothing', exchanges: [create(), rate([], 'positive')] },
  {
    name: 'A thumb twice for the same',
    exchanges: [create([done(message('a', 'Hi'))]), rate(['a', 'a'], 'positive')],
  },
  { name: 'A thumb for what is not there', exchanges: [create(), rate(['nowhere'], 'positive')] },
  { name: 'A thumb for a hidden item', exchanges: [create([done(hidden('h'))]), rate(['h'], 'positive')] },
  { name: 'A thumb sideways', exchanges: [create([done(message('a', 'Hi'))]), rate(['a'], 'neutral')] },
  {
    name: 'A thumb in a thread that is not there',
    exchanges: [request('items.feedback', { thread_id: 'thr_nowhere', item_ids: [], kind: 'positive' })],
  },
  { name: 'Dictation', exchanges: [dictate('aGVsbG8=', 'audio/webm;codecs=opus')] },
  { name: 'Dictation of a plain type', exchanges: [dictate('aGVsbG8=', 'audio/mp4', '')] },
  {
    name: 'Dictation with parameters and blanks',
    exchanges: [dictate('aGVsbG8=', 'audio/ogg; codecs=opus; q=1')],
  },
  { name: 'Dictation of nothing', exchanges: [dictate('', 'audio/ogg')] },
  {
    name: 'Dictation of every byte',
    exchanges: [
      dictate(Buffer.from(Uint8Array.from({ length: 256 }, (_, n) => n)).toString('base64'), 'audio/ogg'),
    ],
  },
  { name: 'Dictation of no type', exchanges: [dictate('aGVsbG8=', '')] },
  {
    name: 'Dictation of a text in many scripts',
    exchanges: [dictate('aGVsbG8=', 'audio/ogg', 'Grüße 你好 👋')],
  },
  { name: 'Dictation that is no base64', exchanges: [dictate('h e l l o !', 'audio/ogg')] },
  { name: 'Dictation with blanks amid the base64', exchanges: [dictate('aGVs\nbG8=', 'audio/ogg')] },
  { name: 'Dictation whose base64 is cut short', exchanges: [dictate('aGVsbG8', 'audio/ogg')] },
];
