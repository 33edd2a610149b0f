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

export type UserMessageContent = UserMessageTextContent | UserMessageTagContent;

/** What the user chose in the composer: a tool, a model, both or neither. */
export interface InferenceOptions {
  tool_choice?: { id: string } | undefined;
  model?: string | undefined;
}

export interface UserMessageItem extends ItemBase {
  type: 'user_message';
  content: UserMessageContent[];
  attachments: Attachment[];
  quoted_text?: string | undefined;
  inference_options: InferenceOptions;
}

export interface AssistantMessageContent {
  type: 'output_text';
  text: string;
  annotations: Annotation[];
}

export interface AssistantMessageItem extends ItemBase {
  type: 'assistant_message';
  content: AssistantMessageContent[];
}

/** A tool that runs in the browser; the run goes on when its output arrives. */
export interface ClientToolCallItem extends ItemBase {
  type: 'client_tool_call';
  status: 'pending' | 'completed';
  call_id: string;
  name: string;
  arguments: Record<string, unknown>;
  output?: unknown;
}

export interface WidgetItem extends ItemBase {
  type: 'widget';
  widget: WidgetRoot;
  /** What the copy button puts on the clipboard. */
  copy_text?: string | undefined;
}

export interface GeneratedImage {
  id: string;
  url: string;
}

export interface GeneratedImageItem extends ItemBase {
  type: 'generated_image';
  image?: GeneratedImage | undefined;
}

export interface StructuredInputAnswer {
  values: string[];
  skipped: boolean;
}

interface StructuredInputBase {
  id: string;
  question: string;
  answer?: StructuredInputAnswer | undefined;
}

export interface StructuredInputMultipleChoice extends StructuredInputBase {
  type: 'multiple_choice';
  options: { value: string }[];
  multiple: boolean;
}

export interface StructuredInputFreeform extends StructuredInputBase {
  type: 'freeform';
  description?: string | undefined;
}

export type StructuredInput = StructuredInputMultipleChoice | StructuredInputFreeform;

export interface StructuredInputItem extends ItemBase {
  type: 'structured_input';
  status: 'pending' | 'answered' | 'skipped';
  inputs: StructuredInput[];
}

export interface WorkflowItem extends ItemBase {
  type: 'workflow';
  workflow: Workflow;
}

export interface TaskItem extends ItemBase {
  type: 'task';
  task: Task;
}

export interface EndOfTurnItem extends ItemBase {
  type: 'end_of_turn';
}

/** Context for the model alone. It is stored and never leaves the server. */
export interface HiddenContextItem extends ItemBase {
  type: 'hidden_context_item';
  content: unknown;
}

/** As {@link HiddenContextItem}, written by the framework itself. */
export interface SdkHiddenContextItem extends ItemBase {
  type: 'sdk_hidden_context';
  content: string;
}

export type HiddenItem = HiddenContextItem | SdkHiddenContextItem;

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

export type ThreadItem = VisibleItem | HiddenItem;

export type ThreadItemType = ThreadItem['type'];

/** The types that a client may see, in no particular order. */
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
