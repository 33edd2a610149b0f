import type { Attachment } from './attachments';
import type { ClientEffectEvent, ErrorEvent, ThreadItemUpdate } from './events';
import type {
  AssistantMessageContent,
  StructuredInput,
  StructuredInputAnswer,
  ThreadItem,
  UserMessageContent,
} from './items';
import type { Annotation } from './sources';
import type { Task, Workflow } from './workflows';

/*
 * The wire always carries the defaults of items, as the reference sends them, though handlers may
 * leave them out. Whatever is complete already is returned as it is, not copied: most items are.
 */

/** What TypeScript promises, JavaScript may leave out or set to null. */
type Loose<T> = { [K in keyof T]?: T[K] | null | undefined };

function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function mapChanged<T>(list: T[], change: (element: T) => T): T[] {
  const changed = list.map(change);
  return changed.some((element, index) => element !== list[index]) ? changed : list;
}

function completeAnnotation(annotation: Annotation): Annotation {
  const { source } = annotation;
  if (source.type !== 'entity' || !(isMissing(source.interactive) || isMissing(source.data))) {
    return annotation;
  }
  const { interactive, data } = source;
  return { ...annotation, source: { ...source, interactive: interactive ?? false, data: data ?? {} } };
}

function completeAssistantContent(part: AssistantMessageContent): AssistantMessageContent {
  const { annotations } = part as Loose<AssistantMessageContent>;
  if (isMissing(annotations)) return { ...part, annotations: [] };
  if (annotations.length === 0) return part;
  const completed = mapChanged(annotations, completeAnnotation);
  return completed === annotations ? part : { ...part, annotations: completed };
}

function completeUserContent(part: UserMessageContent): UserMessageContent {
  if (part.type !== 'input_tag') return part;
  const { data, interactive } = part as Loose<typeof part>;
  if (!isMissing(data) && !isMissing(interactive)) return part;
  return { ...part, data: data ?? {}, interactive: interactive ?? false };
}

/** @see withItemDefaults */
export function withAttachmentDefaults(attachment: Attachment): Attachment {
  const { upload_descriptor: upload } = attachment;
  if (isMissing(upload) || !isMissing(upload.headers)) return attachment;
  return { ...attachment, upload_descriptor: { ...upload, headers: {} } };
}

function completeTask(task: Task): Task {
  const status_indicator = task.status_indicator ?? 'none';
  switch (task.type) {
    case 'web_search':
      return { ...task, status_indicator, queries: task.queries ?? [], sources: task.sources ?? [] };
    case 'file':
      return { ...task, status_indicator, sources: task.sources ?? [] };
    case 'custom':
    case 'thought':
    case 'image':
      return { ...task, status_indicator };
    default:
      return task; // of a type that this version does not know: development mode reports it
  }
}

function completeWorkflow(workflow: Workflow): Workflow {
  return { ...workflow, tasks: workflow.tasks.map(completeTask), expanded: workflow.expanded ?? false };
}

function completeStructuredInput(input: StructuredInput): StructuredInput {
  const { answer } = input as { answer?: Loose<StructuredInputAnswer> | null };
  const answered = isMissing(answer)
    ? input
    : { ...input, answer: { values: answer.values ?? [], skipped: answer.skipped ?? false } };
  if (answered.type !== 'multiple_choice') return answered;
  const { multiple } = answered as Loose<typeof answered>;
  return { ...answered, multiple: multiple ?? false };
}

/** The item with the defaults that its maker left out. */
export function withItemDefaults(item: ThreadItem): ThreadItem {
  switch (item.type) {
    case 'assistant_message': {
      const content = mapChanged(item.content, completeAssistantContent);
      return content === item.content ? item : { ...item, content };
    }
    case 'user_message': {
      const { attachments, inference_options } = item as Loose<typeof item>;
      return {
        ...item,
        content: item.content.map(completeUserContent),
        attachments: attachments?.map(withAttachmentDefaults) ?? [],
        inference_options: inference_options ?? {},
      };
    }
    case 'structured_input': {
      const { status } = item as Loose<typeof item>;
      return { ...item, status: status ?? 'pending', inputs: item.inputs.map(completeStructuredInput) };
    }
    case 'client_tool_call': {
      const { status } = item as Loose<typeof item>;
      return isMissing(status) ? { ...item, status: 'pending' } : item;
    }
    case 'workflow':
      return { ...item, workflow: completeWorkflow(item.workflow) };
    case 'task':
      return { ...item, task: completeTask(item.task) };
    default:
      return item;
  }
}

/** The update with the defaults that its maker left out. */
export function withUpdateDefaults(update: ThreadItemUpdate): ThreadItemUpdate {
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      return { ...update, content: completeAssistantContent(update.content) };
    case 'assistant_message.content_part.annotation_added':
      return { ...update, annotation: completeAnnotation(update.annotation) };
    case 'workflow.task.added':
    case 'workflow.task.updated':
      return { ...update, task: completeTask(update.task) };
    default:
      return update;
  }
}

/** An effect or error with the defaults that its maker left out. */
export function withSignalDefaults<E extends ClientEffectEvent | ErrorEvent>(event: E): E {
  if (event.type === 'client_effect') {
    const { data } = event as Loose<ClientEffectEvent>;
    return isMissing(data) ? { ...event, data: {} } : event;
  }
  const { code, allow_retry } = event as Loose<ErrorEvent>;
  if (!isMissing(code) && !isMissing(allow_retry)) return event;
  return { ...event, code: code ?? 'custom', allow_retry: allow_retry ?? false };
}
