import { z } from 'zod';
import { withDefaults } from './defaults';
import { fileSourceSchema, urlSourceSchema } from './sources';

const text = z.string();

const base = {
  status_indicator: z.enum(['none', 'loading', 'complete']).optional(),
  title: text.optional(),
};

const defaults = { status_indicator: 'none' } as const;

export const taskSchema = z.discriminatedUnion('type', [
  withDefaults(
    z.strictObject({
      ...base,
      type: z.literal('custom'),
      icon: text.optional(),
      content: text.optional(),
    }),
    defaults,
  ),
  withDefaults(
    z.strictObject({
      ...base,
      type: z.literal('web_search'),
      title_query: text.optional(),
      queries: z.array(text).optional(),
      sources: z.array(urlSourceSchema).optional(),
    }),
    { ...defaults, queries: [], sources: [] },
  ),
  withDefaults(z.strictObject({ ...base, type: z.literal('thought'), content: text }), defaults),
  withDefaults(
    z.strictObject({ ...base, type: z.literal('file'), sources: z.array(fileSourceSchema).optional() }),
    { ...defaults, sources: [] },
  ),
  withDefaults(z.strictObject({ ...base, type: z.literal('image') }), defaults),
]);

const summarySchema = z.union([
  z.strictObject({ title: text, icon: text.optional() }),
  z.strictObject({ duration: z.int().min(0) }),
]);

export const workflowSchema = withDefaults(
  z.strictObject({
    type: z.enum(['custom', 'reasoning']),
    tasks: z.array(taskSchema),
    summary: summarySchema.optional(),
    expanded: z.boolean().optional(),
  }),
  { expanded: false },
);
