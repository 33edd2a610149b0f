import { z } from 'zod';
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

const entitySourceSchema = z.strictObject({
  ...base,
  type: z.literal('entity'),
  id: text,
  icon: text.optional(),
  label: text.optional(),
  inline_label: text.optional(),
  interactive: z.boolean().optional(),
  data: freeFormSchema.optional(),
});

export const sourceSchema = z.discriminatedUnion('type', [
  urlSourceSchema,
  fileSourceSchema,
  entitySourceSchema,
]);

export const annotationSchema = z.strictObject({
  type: z.literal('annotation'),
  source: sourceSchema,
  index: z.int().min(0).optional(),
});
