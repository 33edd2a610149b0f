import { randomFillSync } from 'node:crypto';

/** What an id is for. */
export type IdKind =
  | 'thread'
  | 'message'
  | 'tool_call'
  | 'widget'
  | 'workflow'
  | 'task'
  | 'image'
  | 'structured_input'
  | 'end_of_turn'
  | 'hidden_context'
  | 'sdk_hidden_context'
  | 'attachment'
  | 'run';

const PREFIX: Readonly<Record<IdKind, string>> = {
  thread: 'thr',
  message: 'msg',
  tool_call: 'tc',
  widget: 'wgt',
  workflow: 'wf',
  task: 'tsk',
  image: 'img',
  structured_input: 'si',
  end_of_turn: 'eot',
  hidden_context: 'hcx',
  sdk_hidden_context: 'shcx',
  attachment: 'atc',
  run: 'run',
};

/** A function that creates ids. The option `generateId` replaces the default. */
export type GenerateId = (kind: IdKind) => string;

/** Random bytes are drawn for many ids at once: a draw costs far more than the bytes. */
const ID_BYTES = 16;
const pool = Buffer.allocUnsafeSlow(ID_BYTES * 256);
let used = pool.length;

/** Returns a prefix that names the kind, and 128 random bits as hex. */
export function generateId(kind: IdKind): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used;
  used += ID_BYTES;
  return `${PREFIX[kind]}_${pool.toString('hex', start, used)}`;
}

/** Returns the time, in milliseconds since the epoch. */
export type Clock = () => number;

let lastMs = NaN;
let lastText = '';

/** The time as ISO 8601 in UTC. Formatting is slower than the clock, so it is done once per millisecond. */
export function timeText(clock: Clock = Date.now): string {
  const ms = clock();
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}

/** The key of the lock of a thread. The length prefix makes keys of different owners distinct for all ids. */
export function threadKey(owner: string, threadId: string): string {
  return `${String(owner.length)} ${owner} ${threadId}`;
}
