import { z } from 'zod';
import { isHiddenType } from '../guards';
import type { VisibleItem } from '../items';
import { paramsSchemas } from '../parse';
import type { Operation } from '../requests';
import type { ThreadItemUpdate, ThreadStreamEvent } from '../events';
import { attachmentSchema } from './attachments';
import { threadItemUpdateSchema, threadStreamEventSchema } from './events';
import { freeFormSchema } from './free-form';
import { assistantMessageContentSchema, generatedImageSchema, threadItemSchema } from './items';
import { laxBooleanSchema, laxIntegerSchema } from './lax';
import { annotationSchema, sourceSchema } from './sources';
import { threadSchema } from './threads';
import { widgetComponentSchema } from './widgets';
import { taskSchema, workflowSchema } from './workflows';

/** A JSON Schema, as data. */
export type JsonSchema = Record<string, unknown>;

type Node = z.core.JSONSchema.BaseSchema;

const OPERATIONS: Readonly<Record<Operation, string>> = {
  'threads.create': 'Creates a thread with its first message. Responds with a stream.',
  'threads.add_user_message': 'Adds a message to a thread. Responds with a stream.',
  'threads.add_client_tool_output':
    "The result of the thread's pending client tool call: any JSON. Responds with a stream.",
  'threads.add_structured_input': 'The answers to a pending structured input item. Responds with a stream.',
  'threads.retry_after_item':
    'Answers a user message again; all later items are deleted. Responds with a stream.',
  'threads.custom_action': 'An action of a widget, or of the page itself. Responds with a stream.',
  'threads.sync_custom_action': 'An action that only changes its widget. Returns { updated_item? }.',
  'threads.get_by_id': 'Returns a thread with its first 20 items, the oldest first.',
  'threads.list': "Returns a page of the user's threads, without their items.",
  'threads.update': 'Sets the title of a thread. Returns the thread.',
  'threads.delete': 'Deletes a thread with everything in it. Returns {}.',
  'items.list': "Returns a page of a thread's items.",
  'items.feedback': 'Thumbs up or down for items. Returns {}.',
  'attachments.create': 'Announces a file. Returns the attachment.',
  'attachments.delete': 'Deletes an attachment. Returns {}.',
  'input.transcribe': 'Transcribes a recording. Returns { text }.',
};

const EVENTS: Readonly<Record<ThreadStreamEvent['type'], string>> = {
  'thread.created': 'A new thread.',
  'thread.updated': 'The title, status or allowed image domains of a thread have changed.',
  'thread.item.added': 'An item appears and is still being written; nothing is stored yet.',
  'thread.item.done': 'An item is complete and stored.',
  'thread.item.replaced': 'An item has new content. It keeps its position in the thread.',
  'thread.item.updated': 'A change to an item that was added and is not yet done, or to a widget.',
  'thread.item.removed': 'An item is deleted.',
  stream_options: 'What the page may do during this run. Sent before the events of the handler.',
  progress_update: 'The progress of the run, shown until the next item.',
  client_effect: 'Asks the page to do something.',
  notice: 'A notice shown outside the conversation. `message` is Markdown.',
  error: 'An error. With the code `custom`, the client shows `message`. Other codes are possible.',
};

const UPDATES: Readonly<Record<ThreadItemUpdate['type'], string>> = {
  'assistant_message.content_part.added': 'A new part of a message.',
  'assistant_message.content_part.text_delta': 'More text for a part.',
  'assistant_message.content_part.annotation_added': 'An annotation, inserted at its index.',
  'assistant_message.content_part.done': 'The final content of a part.',
  'widget.streaming_text.value_delta': 'More text for the component with this id.',
  'widget.root.updated': 'Replaces the whole widget.',
  'widget.component.updated': 'Replaces the component with this id.',
  'workflow.task.added': 'A new task.',
  'workflow.task.updated': 'Replaces a task.',
  'generated_image.updated': 'A partial or final image.',
};

const ITEMS: Readonly<Record<VisibleItem['type'], string>> = {
  user_message: 'A message of the user.',
  assistant_message: 'A message of the assistant.',
  client_tool_call:
    'A tool that runs in the browser. The conversation continues when the client sends the output.',
  widget: 'A widget.',
  generated_image: 'A generated image.',
  structured_input: 'Questions that the user answers or skips.',
  workflow: 'The steps of a task, shown together.',
  task: 'A single task.',
  end_of_turn: 'The assistant has finished.',
};

/** `thread.item.done` as `ThreadItemDone`. */
function pascal(name: string): string {
  return name
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

type Names = z.core.$ZodRegistry<{ id: string; title: string; description?: string }>;

/** Gives schemas their names in `$defs`. */
function nameSchemas(): Names {
  const names: Names = z.registry<{ id: string; title: string; description?: string }>();
  const name = (schema: z.ZodType, id: string, description?: string): void => {
    names.add(schema, { id, title: id, ...(description === undefined ? {} : { description }) });
  };
  name(threadStreamEventSchema, 'ThreadStreamEvent', 'The data of one event of a stream.');
  name(threadItemUpdateSchema, 'ThreadItemUpdate');
  name(threadItemSchema, 'ThreadItem');
  name(threadSchema, 'Thread', '`items` is empty in events, and in lists of threads.');
  name(attachmentSchema, 'Attachment');
  name(assistantMessageContentSchema, 'AssistantMessageContent');
  name(generatedImageSchema, 'GeneratedImage');
  name(annotationSchema, 'Annotation', 'A reference inside a text; `index` is a character offset in it.');
  name(sourceSchema, 'Source');
  name(taskSchema, 'Task');
  name(workflowSchema, 'Workflow');
  name(widgetComponentSchema, 'WidgetComponent', 'A component of a widget, with its children.');
  for (const option of threadStreamEventSchema.options) {
    const { value } = option.shape.type;
    name(option, `${pascal(value)}Event`, EVENTS[value]);
  }
  for (const option of threadItemUpdateSchema.options) {
    const { value } = option.shape.type;
    name(option, `${pascal(value)}Update`, UPDATES[value]);
  }
  for (const option of threadItemSchema.options) {
    const { value } = option.shape.type;
    if (!isHiddenType(value)) name(option, `${pascal(value)}Item`, ITEMS[value]);
  }
  return names;
}

/** A request of each operation, as the body of a POST. */
function requestSchema(names: Names): z.ZodType {
  const requests = Object.entries(paramsSchemas).map(([operation, params]) => {
    const request = z.object({ type: z.literal(operation), params, metadata: freeFormSchema.optional() });
    const id = `${pascal(operation)}Request`;
    names.add(request, { id, title: id, description: OPERATIONS[operation as Operation] });
    return request;
  });
  const union = z.union(requests);
  const description =
    'The body of a request. The server also accepts numbers and booleans that are sent as text.';
  names.add(union, { id: 'ChatKitRequest', title: 'ChatKitRequest', description });
  return union;
}

/** Describes the schemas that are functions, which zod cannot convert. */
function describeFunction(schema: z.core.$ZodTypes, node: Node): void {
  const { def } = schema._zod;
  if (schema === freeFormSchema) Object.assign(node, { type: 'object' });
  else if (schema === widgetComponentSchema) {
    Object.assign(node, { type: 'object', properties: { type: { type: 'string' } }, required: ['type'] });
  } else if (def.type === 'pipe' && def.out === laxIntegerSchema.out) node.type = 'integer';
  else if (def.type === 'pipe' && def.out === laxBooleanSchema.out) node.type = 'boolean';
  else if (def.type === 'custom' || (def.type === 'pipe' && def.in._zod.def.type === 'unknown')) {
    throw new Error('A schema is a function: say in json-schema.ts what it takes.');
  }
}

/** Hidden items are stored but are in no event that a client receives. */
function withoutHiddenItems(node: Node): void {
  const { oneOf = [] } = node;
  node.oneOf = oneOf.filter(({ $ref }) => $ref !== undefined);
}

/**
 * The JSON Schema (draft 2020-12) of the wire format: `#/$defs/ChatKitRequest` for request bodies,
 * `#/$defs/ThreadStreamEvent` for events, and their parts under the names of their types. It is generated
 * from the schemas that the server validates with, and published as
 * `chatkit-controllers/protocol.schema.json`.
 *
 * @example
 * const ajv = new Ajv2020().addSchema(protocolJsonSchema(), 'chatkit');
 * ajv.validate({ $ref: 'chatkit#/$defs/ThreadStreamEvent' }, event);
 */
export function protocolJsonSchema(): JsonSchema {
  const names = nameSchemas();
  const all = z.union([requestSchema(names), threadStreamEventSchema]);
  const { $schema, ...schema } = z.toJSONSchema(all, {
    target: 'draft-2020-12',
    io: 'input',
    metadata: names,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      describeFunction(zodSchema, jsonSchema);
      if (zodSchema === threadItemSchema) withoutHiddenItems(jsonSchema);
    },
  });
  const description = 'Requests to a ChatKit server, and the events that it streams.';
  return { $schema, title: 'The ChatKit protocol', description, ...schema };
}
