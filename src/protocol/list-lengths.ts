import { BadRequestError } from '../errors';
import type { RequestLimits } from './limits';
import { isRecord } from './json';

interface Refusal {
  readonly code: string;
  readonly fix: string;
}

const TOO_MANY_ATTACHMENTS: Refusal = {
  code: 'too_many_attachments',
  fix: 'Send the files with several messages.',
};
const TOO_MANY_ENTRIES: Refusal = { code: 'too_many_entries', fix: 'Send fewer.' };

/**
 * Refuses lists with more entries than may be, before a schema sees them: it makes an issue for each
 * entry that is wrong, and cannot be stopped. What is of another type is left to the schema.
 *
 * @throws BadRequestError `too_many_attachments`, `too_many_entries`
 */
export function assertShortLists(
  params: unknown,
  limits: Pick<RequestLimits, 'attachments' | 'entries'>,
): void {
  if (!isRecord(params)) return;
  const { input, item_ids } = params;
  assertShort(lengthOf(item_ids), limits.entries, 'params.item_ids', TOO_MANY_ENTRIES);
  if (!isRecord(input)) return;
  assertShort(
    lengthOf(input['attachments']),
    limits.attachments,
    'params.input.attachments',
    TOO_MANY_ATTACHMENTS,
  );
  assertShort(lengthOf(input['content']), limits.entries, 'params.input.content', TOO_MANY_ENTRIES);
  assertShort(answersIn(input['answers']), limits.entries, 'params.input.answers', TOO_MANY_ENTRIES);
}

function assertShort(length: number, limit: number, path: string, { code, fix }: Refusal): void {
  if (length <= limit) return;
  const message = `has more than ${String(limit)} entries`;
  throw new BadRequestError(`${path} ${message}. ${fix}`, { code, issues: [{ path, message }] });
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** How many questions and values there are. */
function answersIn(answers: unknown): number {
  if (!isRecord(answers)) return 0;
  let count = 0;
  for (const answer of Object.values(answers)) {
    count += 1 + (isRecord(answer) ? lengthOf(answer['values']) : 0);
  }
  return count;
}
