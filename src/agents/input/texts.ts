import { SIGNATURE } from '../../widgets';
import type {
  Attachment,
  StructuredInputItem,
  Task,
  UserMessageTagContent,
  WidgetItem,
} from '../../protocol';

/** Text for the model about hidden context. */
export function hiddenContextText(content: unknown): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `Hidden context for the agent (not shown to the user):\n<HiddenContext>\n${text}\n</HiddenContext>`;
}

/** Text for the model about a task; `undefined` if the task has no text. */
export function taskText(task: Task): string | undefined {
  if (task.type !== 'custom') return undefined;
  const said = [task.title, task.content].filter((text) => text).join(': ');
  if (said === '') return undefined;
  return `A message was displayed to the user that the following task was performed:\n<Task>\n${said}\n</Task>`;
}

/** Text for the model about questions and the user's answers. */
export function structuredInputText({ status, inputs }: StructuredInputItem): string {
  const lines = inputs.map(({ question, answer }) => {
    if (!answer) return `- ${question}: unanswered`;
    return `- ${question}: ${answer.skipped ? 'skipped' : answer.values.join(', ')}`;
  });
  const head = `A structured input request was displayed to the user with the following status: ${status}`;
  return `${head}\n<StructuredInput>\n${lines.join('\n')}\n</StructuredInput>`;
}

/** Text for the model about a widget: its id, and its JSON without nulls, as the client receives it. */
export function widgetText({ id, widget }: WidgetItem): string {
  const shown = JSON.stringify(widget, (key, value: unknown) =>
    key === SIGNATURE || value === null ? undefined : short(value),
  );
  return `The following graphical UI widget (id: ${id}) was displayed to the user:${shown}`;
}

/** Shortens a `data:` URL to its type, because it may be long, and models cannot read it. */
export function short(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('data:')) return value;
  const comma = value.indexOf(',');
  return comma === -1 ? value : `${value.slice(0, comma)},…`;
}

/** Text for the model about an attachment whose content it does not get. */
export function attachmentText({ id, name, mime_type }: Attachment): string {
  return `The user attached the file "${name}" (${mime_type}, id: ${id}). Its content is not available to you.`;
}

/** In UTF-16 code units: of longer files the model gets only the beginning. */
const MAX_TEXT = 100_000;

/** Text for the model with the content of a text file. */
export function attachedText({ name, mime_type, id }: Attachment, content: string): string {
  const part = content.length > MAX_TEXT ? `, its first ${String(MAX_TEXT)} characters` : '';
  const text = content.slice(0, MAX_TEXT);
  return `The user attached the file "${name}" (${mime_type}, id: ${id})${part}:\n<File>\n${text}\n</File>`;
}

/** Text for the model about an entity that the user mentions. */
export function tagText({ id, text, group, data }: UserMessageTagContent): string {
  const about = JSON.stringify({ id, name: text, group: group ?? undefined, data });
  return `The entity that the user mentions as @${text}:\n<Entity>\n${about}\n</Entity>`;
}

/** Text for the model before the entities that a message mentions. */
export const MENTIONS = [
  '# User-provided context for @-mentions',
  "- When referencing resolved entities, use their canonical names **without** '@'.",
  "- The '@' form appears only in user text and should not be echoed.",
].join('\n');

/** Text for the model about the text that the user quotes. */
export function quoteText(quoted: string): string {
  return `The user is referring to this in particular: \n${quoted}`;
}
