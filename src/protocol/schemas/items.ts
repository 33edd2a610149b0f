import { z } from 'zod';
import { attachmentSchema } from './attachments';
import { withDefaults } from './defaults';
import { freeFormSchema } from './free-form';
import { annotationSchema } from './sources';
import { widgetComponentSchema } from './widgets';
import { taskSchema, workflowSchema } from './workflows';

const text = z.string();

const base = { id: text, thread_id: text, created_at: z.iso.datetime() };

const userMessageContentSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('input_text'), text }),
  withDefaults(
    z.strictObject({
      type: z.literal('input_tag'),
      id: text,
      text,
      data: freeFormSchema,
      group: text.optional(),
      interactive: z.boolean(),
    }),
    { data: {}, interactive: false },
  ),
]);

const inferenceOptionsSchema = z.strictObject({
  tool_choice: z.strictObject({ id: text }).optional(),
  model: text.optional(),
});

export const assistantMessageContentSchema = withDefaults(
  z.strictObject({
    type: z.literal('output_text'),
    text,
    annotations: z.array(annotationSchema),
  }),
  { type: 'output_text', annotations: [] },
);

export const generatedImageSchema = z.strictObject({ id: text, url: text });

const structuredInputBase = {
  id: text,
  question: text,
  answer: withDefaults(z.strictObject({ values: z.array(text), skipped: z.boolean() }), {
    values: [],
    skipped: false,
  }).optional(),
};

const structuredInputSchema = z.discriminatedUnion('type', [
  withDefaults(
    z.strictObject({
      ...structuredInputBase,
      type: z.literal('multiple_choice'),
      options: z.array(z.strictObject({ value: text })),
      multiple: z.boolean(),
    }),
    { multiple: false },
  ),
  z.strictObject({ ...structuredInputBase, type: z.literal('freeform'), description: text.optional() }),
]);

const visibleItemSchemas = [
  withDefaults(
    z.strictObject({
      ...base,
      type: z.literal('user_message'),
      content: z.array(userMessageContentSchema),
      attachments: z.array(attachmentSchema),
      quoted_text: text.optional(),
      inference_options: inferenceOptionsSchema,
    }),
    { attachments: [], inference_options: {} },
  ),
  z.strictObject({
    ...base,
    type: z.literal('assistant_message'),
    content: z.array(assistantMessageContentSchema),
  }),
  withDefaults(
    z.strictObject({
      ...base,
      type: z.literal('client_tool_call'),
      status: z.enum(['pending', 'completed']),
      call_id: text,
      name: text,
      arguments: freeFormSchema,
      output: z.unknown().optional(),
    }),
    { status: 'pending' },
  ),
  z.strictObject({
    ...base,
    type: z.literal('widget'),
    widget: widgetComponentSchema,
    copy_text: text.optional(),
  }),
  z.strictObject({ ...base, type: z.literal('generated_image'), image: generatedImageSchema.optional() }),
  withDefaults(
    z.strictObject({
      ...base,
      type: z.literal('structured_input'),
      status: z.enum(['pending', 'answered', 'skipped']),
      inputs: z.array(structuredInputSchema),
    }),
    { status: 'pending' },
  ),
  z.strictObject({ ...base, type: z.literal('workflow'), workflow: workflowSchema }),
  z.strictObject({ ...base, type: z.literal('task'), task: taskSchema }),
  z.strictObject({ ...base, type: z.literal('end_of_turn') }),
] as const;

export const visibleItemSchema = z.discriminatedUnion('type', visibleItemSchemas);

export const threadItemSchema = z.discriminatedUnion('type', [
  ...visibleItemSchemas,
  z.strictObject({ ...base, type: z.literal('hidden_context_item'), content: z.unknown() }),
  z.strictObject({ ...base, type: z.literal('sdk_hidden_context'), content: text }),
]);
