import { z } from 'zod';
import { withDefaults } from './defaults';
import { freeFormSchema } from './free-form';
import { assistantMessageContentSchema, generatedImageSchema, threadItemSchema } from './items';
import { annotationSchema } from './sources';
import { threadSchema } from './threads';
import { widgetComponentSchema } from './widgets';
import { taskSchema } from './workflows';

const text = z.string();
const index = z.int().min(0);

export const threadItemUpdateSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('assistant_message.content_part.added'),
    content_index: index,
    content: assistantMessageContentSchema,
  }),
  z.strictObject({
    type: z.literal('assistant_message.content_part.text_delta'),
    content_index: index,
    delta: text,
  }),
  z.strictObject({
    type: z.literal('assistant_message.content_part.annotation_added'),
    content_index: index,
    annotation_index: index,
    annotation: annotationSchema,
  }),
  z.strictObject({
    type: z.literal('assistant_message.content_part.done'),
    content_index: index,
    content: assistantMessageContentSchema,
  }),
  z.strictObject({
    type: z.literal('widget.streaming_text.value_delta'),
    component_id: text,
    delta: text,
    done: z.boolean(),
  }),
  z.strictObject({ type: z.literal('widget.root.updated'), widget: widgetComponentSchema }),
  z.strictObject({
    type: z.literal('widget.component.updated'),
    component_id: text,
    component: widgetComponentSchema,
  }),
  z.strictObject({ type: z.literal('workflow.task.added'), task_index: index, task: taskSchema }),
  z.strictObject({ type: z.literal('workflow.task.updated'), task_index: index, task: taskSchema }),
  z.strictObject({
    type: z.literal('generated_image.updated'),
    image: generatedImageSchema,
    progress: z.number().optional(),
  }),
]);

export const threadStreamEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('thread.created'), thread: threadSchema }),
  z.strictObject({ type: z.literal('thread.updated'), thread: threadSchema }),
  z.strictObject({ type: z.literal('thread.item.added'), item: threadItemSchema }),
  z.strictObject({ type: z.literal('thread.item.done'), item: threadItemSchema }),
  z.strictObject({ type: z.literal('thread.item.replaced'), item: threadItemSchema }),
  z.strictObject({
    type: z.literal('thread.item.updated'),
    item_id: text,
    update: threadItemUpdateSchema,
  }),
  z.strictObject({ type: z.literal('thread.item.removed'), item_id: text }),
  z.strictObject({
    type: z.literal('stream_options'),
    stream_options: z.strictObject({ allow_cancel: z.boolean() }),
  }),
  z.strictObject({ type: z.literal('progress_update'), icon: text.optional(), text }),
  withDefaults(z.strictObject({ type: z.literal('client_effect'), name: text, data: freeFormSchema }), {
    data: {},
  }),
  z.strictObject({
    type: z.literal('notice'),
    level: z.enum(['info', 'warning', 'danger']),
    message: text,
    title: text.optional(),
  }),
  withDefaults(
    z.strictObject({
      type: z.literal('error'),
      code: text,
      message: text.optional(),
      allow_retry: z.boolean(),
    }),
    { code: 'custom', allow_retry: false },
  ),
]);
