import { z } from 'zod';
import { BadRequestError, IssueList, shorten, type Issue } from '../errors';
import { isRecord, isStorableText } from './guards';
import { addIssues, show } from './issues';
import {
  assertShortLists,
  assertUserText,
  assertWithinLimits,
  DEFAULT_LIMITS,
  type RequestLimits,
} from './limits';
import type { ChatKitRequest, Operation, OperationParams } from './requests';
import { freeFormSchema } from './schemas/free-form';
import { absentable, laxBooleanSchema, laxIntegerSchema } from './schemas/lax';

/** Page size when the request gives no `limit`, or 0. */
export const DEFAULT_PAGE_SIZE = 20;

/** The largest page; a request for more gets this many. */
export const MAX_PAGE_SIZE = 100;

const text = z.string();

/** Ids are passed to stores, so every store must be able to hold them. */
const id = text.refine(isStorableText, 'must not contain half a character (a lone surrogate) or NUL');

/** These texts are returned with every message that carries the file. */
const upTo = (length: number) =>
  text.refine((value) => value.length <= length, `expected ${String(length)} characters or fewer`);

const notNegative = laxIntegerSchema.refine((value) => value >= 0, 'expected 0 or more');

const userMessageContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text }),
  z.object({
    type: z.literal('input_tag'),
    id: text,
    text,
    data: freeFormSchema.default(() => ({})),
    group: absentable(text),
    interactive: laxBooleanSchema.default(false),
  }),
]);

const userMessageInputSchema = z.object({
  content: z.array(userMessageContentSchema),
  attachments: z.array(id),
  quoted_text: absentable(text),
  inference_options: z.object({
    tool_choice: absentable(z.object({ id: text })),
    model: absentable(text),
  }),
});

const structuredInputSubmissionSchema = z.object({
  status: z.enum(['answered', 'skipped']).default('answered'),
  answers: z
    .record(
      text,
      z.object({ values: z.array(text).default(() => []), skipped: laxBooleanSchema.default(false) }),
    )
    .default(() => ({})),
});

const pageShape = {
  limit: notNegative
    .nullish()
    .transform((limit) => (limit ? Math.min(limit, MAX_PAGE_SIZE) : undefined))
    .optional(),
  order: z.enum(['asc', 'desc']).default('desc'),
  // An empty cursor stands for the start of the list.
  after: absentable(id)
    .transform((cursor) => (cursor === '' ? undefined : cursor))
    .optional(),
};

/** The most frequent operation. Transforms on single fields would double the time this schema takes. */
const customActionSchema = z
  .object({
    thread_id: id,
    item_id: id.nullish(),
    action: z.object({ type: text, payload: z.unknown().optional() }),
  })
  .transform(({ thread_id, item_id, action }): OperationParams['threads.custom_action'] => ({
    thread_id,
    item_id: item_id === '' ? undefined : (item_id ?? undefined), // an empty id: no widget sent the action
    action: action.payload === null ? { type: action.type } : action,
  }));

const threadOnlySchema = z.object({ thread_id: id });

/**
 * The parameters of every operation, as lenient as the reference implementation. Unknown keys are dropped.
 */
export const paramsSchemas = {
  'threads.create': z.object({ input: userMessageInputSchema }),
  'threads.add_user_message': z.object({ thread_id: id, input: userMessageInputSchema }),
  'threads.add_client_tool_output': z.object({ thread_id: id, result: z.unknown() }),
  'threads.add_structured_input': z.object({
    thread_id: id,
    item_id: id,
    input: structuredInputSubmissionSchema,
  }),
  'threads.retry_after_item': z.object({ thread_id: id, item_id: id }),
  'threads.custom_action': customActionSchema,
  'threads.sync_custom_action': customActionSchema,
  'threads.get_by_id': threadOnlySchema,
  'threads.list': z.object(pageShape),
  'threads.update': z.object({ thread_id: id, title: text }),
  'threads.delete': threadOnlySchema,
  'items.list': z.object({ thread_id: id, ...pageShape }),
  'items.feedback': z.object({
    thread_id: id,
    item_ids: z.array(id),
    kind: z.enum(['positive', 'negative']),
  }),
  'attachments.create': z.object({ name: upTo(1000), size: notNegative, mime_type: upTo(255) }),
  'attachments.delete': z.object({ attachment_id: id }),
  'input.transcribe': z.object({ audio_base64: text, mime_type: text }),
} satisfies { [Op in Operation]: z.ZodType<OperationParams[Op]> };

/** Every operation of the protocol, in no particular order. */
export const OPERATIONS = Object.freeze(Object.keys(paramsSchemas) as Operation[]);

/** A Map, since the name comes from outside: a plain object would find `constructor` and `__proto__`. */
const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(paramsSchemas));

/** Only the body size limits a recording. */
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
    refuse('The request has no operation', [{ path: 'type', message }], fix);
  }
  const shown = JSON.stringify(shorten(type, SHOWN_NAME_LENGTH));
  throw new BadRequestError(`There is no operation ${shown}. ${fix}`, {
    code: 'unknown_operation',
    issues: [{ path: 'type', message: 'is not an operation of the ChatKit protocol' }],
  });
}

/**
 * Validates a parsed JSON body and returns it as a request. Defaults are filled in, unknown keys are dropped,
 * and values are read as leniently as the reference implementation reads them. Free-form data (payload,
 * result, metadata) is passed on without a copy.
 *
 * @throws BadRequestError whose `issues` name each field. Its code is `unknown_operation` for an unknown
 *   `type`, one of the codes of {@link assertWithinLimits} for a body beyond the limits, `text_too_long`,
 *   `too_many_attachments` or `too_many_entries`
 * @example
 * const request = parseRequest(JSON.parse(text));
 * if (request.type === 'threads.get_by_id') request.params.thread_id;
 */
export function parseRequest(body: unknown, limits: RequestLimits = DEFAULT_LIMITS): ChatKitRequest {
  if (!isRecord(body)) {
    const message = `expected object, got ${show(body)}`;
    refuse('The body is not a request', [{ path: '', message }], 'Send { "type": …, "params": { … } }.');
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
  // `type` selected the schema, and type tests check that each schema equals its interface.
  const request = { type, params: parsed.data, metadata } as ChatKitRequest;
  assertUserText(request, limits.userText);
  return request;
}
