import type { z } from 'zod';
import { BadRequestError, IssueList, shorten, type Issue } from '../errors';
import { addIssues, show } from './issues';
import { isRecord } from './json';
import { assertWithinLimits, DEFAULT_LIMITS, type RequestLimits } from './limits';
import { assertShortLists, assertUserText } from './request-limits';
import type { ChatKitRequest, Operation } from './requests';
import { paramsSchemas } from './schemas/requests';

/** Every operation of the protocol, in no particular order. */
export const OPERATIONS = Object.freeze(Object.keys(paramsSchemas) as Operation[]);

/** By name, since the name comes from outside: a Map knows no `constructor` and no `__proto__`. */
const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(paramsSchemas));

/** A recording is bounded by the size of the body alone. */
const RECORDING = 'params.audio_base64';

const SHOWN_NAME_LENGTH = 64;

function refuse(subject: string, issues: readonly Issue[], fix: string, moreIssues = 0): never {
  const [first] = issues;
  const problem =
    first === undefined ? '' : [first.path, first.message].filter((part) => part !== '').join(': ');
  const others = issues.length - 1 + moreIssues;
  const more = others > 0 ? ` (and ${String(others)} more)` : '';
  throw new BadRequestError(`${subject}: ${problem}${more}. ${fix}`, { issues, moreIssues });
}

function schemaFor(type: unknown): z.ZodType {
  const schema = typeof type === 'string' ? SCHEMAS.get(type) : undefined;
  if (schema !== undefined) return schema;
  const fix = `Name one of: ${OPERATIONS.join(', ')}.`;
  if (typeof type !== 'string') {
    const message = type === undefined ? 'is required' : `expected string, got ${show(type)}`;
    refuse('The request names no operation', [{ path: 'type', message }], fix);
  }
  const shown = JSON.stringify(shorten(type, SHOWN_NAME_LENGTH));
  throw new BadRequestError(`There is no operation ${shown}. ${fix}`, {
    code: 'unknown_operation',
    issues: [{ path: 'type', message: 'is no operation of the ChatKit protocol' }],
  });
}

/**
 * Makes a request out of a parsed JSON body: defaults filled in, unknown keys left behind, lax where
 * the reference is lax. Free-form data (payload, result, metadata) is passed on, not copied.
 *
 * @throws BadRequestError whose `issues` name each field; its code is `unknown_operation` for an
 * unknown `type`, one of {@link assertWithinLimits} for a body beyond the limits, `text_too_long` where a
 * user says too much at once, `too_many_attachments`, `too_many_entries`
 * @example
 * const request = parseRequest(JSON.parse(text));
 * if (request.type === 'threads.get_by_id') request.params.thread_id;
 */
export function parseRequest(body: unknown, limits: RequestLimits = DEFAULT_LIMITS): ChatKitRequest {
  if (!isRecord(body)) {
    const message = `expected object, got ${show(body)}`;
    refuse('The body is no request', [{ path: '', message }], 'Send { "type": …, "params": { … } }.');
  }
  const { type, params, metadata = {} } = body;
  assertWithinLimits(body, limits, '', type === 'input.transcribe' ? RECORDING : undefined);

  const schema = schemaFor(type);
  assertShortLists(params, limits);
  const parsed = schema.safeParse(params);
  if (!parsed.success || !isRecord(metadata)) {
    const found = new IssueList();
    if (!parsed.success) addIssues(found, parsed.error.issues, params, ['params']);
    if (!isRecord(metadata)) {
      found.add(() => ({ path: 'metadata', message: `expected object, got ${show(metadata)}` }));
    }
    refuse(`Invalid ${String(type)}`, found.kept, 'Correct the fields that `issues` names.', found.more);
  }
  // The schema was chosen by `type`, and type tests hold each equal to its interface.
  const request = { type, params: parsed.data, metadata } as ChatKitRequest;
  assertUserText(request, limits.userText);
  return request;
}
