import { z } from 'zod';
import { withDefaults } from './defaults';
import { freeFormSchema } from './free-form';
import { threadItemSchema, visibleItemSchema } from './items';

const text = z.string();

export const threadStatusSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('active') }),
  z.strictObject({ type: z.enum(['locked', 'closed']), reason: text.optional() }),
]);

export const threadMetadataSchema = z.strictObject({
  id: text,
  title: text.optional(),
  created_at: z.iso.datetime(),
  status: threadStatusSchema,
  allowed_image_domains: z.array(text).optional(),
  metadata: freeFormSchema,
});

function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ data: z.array(item), has_more: z.boolean(), after: text.optional() });
}

export const threadSchema = threadMetadataSchema.extend({ items: pageOf(visibleItemSchema) });

/** A thread from a handler or a store: its items may still include hidden ones. */
export const storedThreadSchema = withDefaults(
  threadMetadataSchema.extend({
    items: withDefaults(pageOf(threadItemSchema), { data: [], has_more: false }).optional(),
  }),
  { status: { type: 'active' }, metadata: {} },
);
