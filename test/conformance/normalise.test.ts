import { generateId, type IdKind } from '../../src';
import { normalise } from './normalise';

const outcome = (...texts: string[]) => ({
  reply: { json: texts },
  state: { threads: [], attachments: [], log: [] },
});

test('ids are numbered where they first appear, by whichever side they were made, and keep their prefixes', () => {
  const theirs = normalise([
    outcome('thr_0123abcd', 'msg_0123abcd'),
    outcome('thr_0123abcd', 'https://a/atc_89abcdef/b'),
  ]);
  const [thread, message, file] = [generateId('thread'), generateId('message'), generateId('attachment')];
  const ours = normalise([outcome(thread, message), outcome(thread, `https://a/${file}/b`)]);

  expect(theirs.map(({ reply }) => reply.json)).toEqual([
    ['<thr 1.1>', '<msg 1.2>'],
    ['<thr 1.1>', 'https://a/<atc 2.1>/b'],
  ]);
  expect(ours).toEqual(theirs);
});

test('times of servers become words that tell the zone, times of scenarios stay', () => {
  const times = ['2026-01-02T03:04:05.678901', '2026-01-02T03:04:05.678Z', '2020-01-02T03:04:05Z'];
  const [normalised] = normalise([outcome(...times)]);
  expect(normalised!.reply.json).toEqual(['<local time>', '<time>', '2020-01-02T03:04:05Z']);
});

test.each<[IdKind, string]>([
  ['thread', 'thr_'],
  ['message', 'msg_'],
  ['tool_call', 'tc_'],
  ['task', 'tsk_'],
  ['workflow', 'wf_'],
  ['attachment', 'atc_'],
  ['sdk_hidden_context', 'shcx_'],
])('the id of a %s begins as in the reference', (kind, prefix) => {
  expect(generateId(kind)).toMatch(new RegExp(`^${prefix}[0-9a-f]{32}$`));
});
