import { z } from 'zod';
import { withDefaults } from './defaults';
import { freeFormSchema } from './free-form';

const text = z.string();

export const uploadDescriptorSchema = withDefaults(
  z.strictObject({
    url: text,
    method: z.enum(['POST', 'PUT']),
    headers: z.record(text, text).optional(),
  }),
  { headers: {} },
);

const base = {
  id: text,
  name: text,
  mime_type: text,
  upload_descriptor: uploadDescriptorSchema.optional(),
  thread_id: text.optional(),
  metadata: freeFormSchema.optional(),
};

export const attachmentSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('file') }),
  z.strictObject({ ...base, type: z.literal('image'), preview_url: text }),
]);
