import type { Attachment } from './attachments';
import type { Annotation } from './sources';
import type { WidgetRoot } from './widgets';
import type { Task, Workflow } from './workflows';

interface ItemBase {
  id: string;
  thread_id: string;
  /** ISO 8601 in UTC, ending in `Z`. */
  created_at: string;
}

/** Text that the user typed. */
export interface UserMessageTextContent {
  type: 'input_text';
  text: string;
}

/** An entity that the user mentioned in the composer. */
export interface UserMessageTagContent {
  type: 'input_tag';
  id: string;
  text: string;
  data: Record<string, unknown>;
  group?: string | undefined;
  interactive: boolean;
}

/** A part of a user message: text, or a mentioned entity. */
export type UserMessageContent = UserMessageTextContent | UserMessageTagContent;

/** The tool and the model that the user chose in the composer. Both are optional. */
export interface InferenceOptions {
  tool_choice?: { id: string } | undefined;
  model?: string | undefined;
}

/** A user message, with its attachments and the options chosen in the composer. */
export interface UserMessageItem extends ItemBase {
  type: 'user_message';
  content: UserMessageContent[];
  attachments: Attachment[];
  quoted_text?: string | undefined;
  inference_options: InferenceOptions;
}

/** A part of an assistant message. `text` is Markdown. */
export interface AssistantMessageContent {
  type: 'output_text';
  text: string;
  annotations: Annotation[];
}

/** An assistant message. */
export interface AssistantMessageItem extends ItemBase {
  type: 'assistant_message';
  content: AssistantMessageContent[];
}

/** A tool that runs in the browser. The conversation continues when the client sends the output. */
export interface ClientToolCallItem extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: Record<string, unknown>;
  output?: unknown;
}

/** A widget in the thread. */
export interface WidgetItem extends ItemBase {
  type: 'widget';
  widget: WidgetRoot;
  /** The text that the copy button puts on the clipboard. */
  copy_text?: string | undefined;
}

/** A generated image. `url` may be a `data:` URL. */
export interface GeneratedImage {
  id: string;
  url: string;
}

/** An image in the thread. `image` is absent until the first partial image arrives. */
export interface GeneratedImageItem extends ItemBase {
  type: 'generated_image';
  image?: GeneratedImage | undefined;
}

/** The user's answer to one question of a structured input. */
export interface StructuredInputAnswer {
  values: string[];
  skipped: boolean;
}

interface StructuredInputBase {
  id: string;
  question: string;
  answer?: StructuredInputAnswer | undefined;
}

/** A question with options to choose from. */
export interface StructuredInputMultipleChoice extends StructuredInputBase {
  type: 'multiple_choice';
  options: { value: string }[];
  multiple: boolean;
}

/** A question that is answered with text. */
export interface StructuredInputFreeform extends StructuredInputBase {
  type: 'freeform';
  description?: string | undefined;
}

/** One question of a {@link StructuredInputItem}. */
export type StructuredInput = StructuredInputMultipleChoice | StructuredInputFreeform;

/** Questions to the user, with the answers once the user has given them. */
export interface StructuredInputItem extends ItemBase {
  type: 'structured_input';
  status: 'pending' | 'answered' | 'skipped';
  inputs: StructuredInput[];
}

/** A workflow: the steps of a run, as shown to the user. */
export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}

/** A single task outside a workflow. */
export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}

/** Marks the end of the assistant's turn. The client shows nothing for it. */
export interface EndOfTurnItem extends ItemBase {
  type: 'end_of_turn';
}

/** Context for the model only. It is stored and never sent to the client. */
export interface HiddenContextItem extends ItemBase {
  type: 'hidden_context_item';
  content: unknown;
}

/** Like {@link HiddenContextItem}, but written by the framework itself. */
export interface SdkHiddenContextItem extends ItemBase {
  type: 'sdk_hidden_context';
  content: string;
}

/** An item that is stored and never sent to the client. */
export type HiddenItem = HiddenContextItem | SdkHiddenContextItem;

/** An item that may be sent to the client. */
export type VisibleItem =
  | UserMessageItem
  | AssistantMessageItem
  | ClientToolCallItem
  | WidgetItem
  | GeneratedImageItem
  | StructuredInputItem
  | WorkflowItem
  | TaskItem
  | EndOfTurnItem;

/** Any item of a thread, discriminated by `type`. */
export type ThreadItem = VisibleItem | HiddenItem;

/** The `type` of an item. */
export type ThreadItemType = ThreadItem['type'];

/** The item types that a client may see, in no particular order. */
export const VISIBLE_ITEM_TYPES = Object.freeze([
  'user_message',
  'assistant_message',
  'client_tool_call',
  'widget',
  'generated_image',
  'structured_input',
  'workflow',
  'task',
  'end_of_turn',
] as const satisfies readonly VisibleItem['type'][]);
