import { z } from 'zod';
import type { Operation, OperationParams } from '../requests';
import { isStorableText } from '../guards';
import { freeFormSchema } from './free-form';
import { absentable, laxBooleanSchema, laxIntegerSchema } from './lax';

/** Entries on a page when the request names no size, or names 0. */
export const DEFAULT_PAGE_SIZE = 20;

/** The largest page; a request for more gets this many. */
export const MAX_PAGE_SIZE = 100;

const text = z.string();

/** What stores are asked for. */
const id = text.refine(isStorableText, 'must not contain half a character (a lone surrogate) or NUL');

/** What comes back with every message that carries the file. */
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
  // An empty cursor comes from before the first page.
  after: absentable(id)
    .transform((cursor) => (cursor === '' ? undefined : cursor))
    .optional(),
};

/** The hot path: no transform inside, since it would cost as much as all the rest. */
const customActionSchema = z
  .object({
    thread_id: id,
    item_id: id.nullish(),
    action: z.object({ type: text, payload: z.unknown().optional() }),
  })
  .transform(({ thread_id, item_id, action }): OperationParams['threads.custom_action'] => ({
    thread_id,
    item_id: item_id === '' ? undefined : (item_id ?? undefined), // an empty id means that no widget sent it
    action: action.payload === null ? { type: action.type } : action,
  }));

const threadOnlySchema = z.object({ thread_id: id });

/** The parameters of every operation, as lax as the reference; unknown keys are left behind. */
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
