import { z } from 'zod';
import { withDefaults } from './defaults';
import { freeFormSchema } from './free-form';

const text = z.string();

const base = {
  title: text,
  description: text.optional(),
  timestamp: text.optional(),
  group: text.optional(),
};

export const urlSourceSchema = z.strictObject({
  ...base,
  type: z.literal('url'),
  url: text,
  attribution: text.optional(),
});

export const fileSourceSchema = z.strictObject({ ...base, type: z.literal('file'), filename: text });

const entitySourceSchema = withDefaults(
  z.strictObject({
    ...base,
    type: z.literal('entity'),
    id: text,
    icon: text.optional(),
    label: text.optional(),
    inline_label: text.optional(),
    interactive: z.boolean().optional(),
    data: freeFormSchema.optional(),
    preview: z.literal('lazy').optional(),
  }),
  { interactive: false, data: {} },
);

export const sourceSchema = z.discriminatedUnion('type', [
  urlSourceSchema,
  fileSourceSchema,
  entitySourceSchema,
]);

export const annotationSchema = withDefaults(
  z.strictObject({
    type: z.literal('annotation'),
    source: sourceSchema,
    index: z.int().min(0).optional(),
  }),
  { type: 'annotation' },
);
