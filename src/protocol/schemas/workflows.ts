import { z } from 'zod';
import { fileSourceSchema, urlSourceSchema } from './sources';

const text = z.string();

const base = {
  status_indicator: z.enum(['none', 'loading', 'complete']).optional(),
  title: text.optional(),
};

export const taskSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...base,
    type: z.literal('custom'),
    icon: text.optional(),
    content: text.optional(),
  }),
  z.strictObject({
    ...base,
    type: z.literal('web_search'),
    title_query: text.optional(),
    queries: z.array(text).optional(),
    sources: z.array(urlSourceSchema).optional(),
  }),
  z.strictObject({ ...base, type: z.literal('thought'), content: text }),
  z.strictObject({ ...base, type: z.literal('file'), sources: z.array(fileSourceSchema).optional() }),
  z.strictObject({ ...base, type: z.literal('image') }),
]);

const summarySchema = z.union([
  z.strictObject({ title: text, icon: text.optional() }),
  z.strictObject({ duration: z.int().min(0) }),
]);

export const workflowSchema = z.strictObject({
  type: z.enum(['custom', 'reasoning']),
  tasks: z.array(taskSchema),
  summary: summarySchema.optional(),
  expanded: z.boolean().optional(),
});
