import { z } from 'zod';
import { freeFormSchema } from './free-form';
import { visibleItemSchema } from './items';

const text = z.string();

const threadStatusSchema = z.discriminatedUnion('type', [
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

export const threadSchema = threadMetadataSchema.extend({
  items: z.strictObject({
    data: z.array(visibleItemSchema),
    has_more: z.boolean(),
    after: text.optional(),
  }),
});
