import type {
  AssistantMessageItem,
  Attachment,
  ClientToolCallItem,
  EndOfTurnItem,
  GeneratedImageItem,
  HiddenContextItem,
  SdkHiddenContextItem,
  StructuredInputItem,
  TaskItem,
  ThreadItem,
  UserMessageItem,
  UserMessageTagContent,
  WidgetItem,
  WorkflowItem,
} from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { ChatContext } from '../../context';
import { asInput } from '../memory/model-items';
import { rememberedIn, withRemembered } from '../memory/remembered-run';
import { contentOf } from './attachment-content';
import {
  MAX_ATTACHED,
  openAttachments,
  withoutAttachments,
  type AttachmentReader,
  type InputContext,
} from './attachment-files';
import { userText, type Input, type InputContent, type InputItem } from './input-item';
import {
  hiddenContextText,
  MENTIONS,
  quoteText,
  structuredInputText,
  tagText,
  taskText,
  widgetText,
} from './texts';

/** Options of {@link ThreadItemConverter}. */
export interface ThreadItemConverterOptions {
  /**
   * Reads attachments for the model: images (PNG, JPEG, GIF, WebP), PDF, and text files. For other files, and
   * by default for all, the model gets only the name and type.
   */
  attachments?: AttachmentReader | undefined;
  /** Maximum bytes of attachments in one request, the newest first; 20 MiB by default. */
  maxAttachedBytes?: number | undefined;
}

/**
 * Converts the items of a thread into input of a model. Extend it to change the defaults. For entities that
 * a message mentions, the model gets their data.
 *
 * @example
 * const itemConverter = new ThreadItemConverter({ attachments: files }); // a DiskAttachmentStore
 *
 * @example
 * class MyConverter extends ThreadItemConverter {
 *   override async tagToMessageContent(tag: UserMessageTagContent): Promise<InputContent> {
 *     return { type: 'input_text', text: await describe(tag.id) };
 *   }
 * }
 */
export class ThreadItemConverter {
  constructor(private readonly options: ThreadItemConverterOptions = {}) {}

  /**
   * Converts items. The model gets the text that a message quotes only if the message is the last item.
   *
   * @param items oldest first
   * @param chat the request; attachments are read for its owner, and not at all without it
   */
  async toAgentInput(items: readonly ThreadItem[] | ThreadItem, chat?: ChatContext): Promise<InputItem[]> {
    const all = withRemembered(
      Array.isArray(items) ? (items as readonly ThreadItem[]) : [items as ThreadItem],
    );
    const context = await this.contextFor(all, chat);
    const input: InputItem[] = [];
    for (const item of all) {
      const converted = await this.itemToInput(item, item === all.at(-1), context);
      if (converted !== null) input.push(...toArray(converted));
    }
    return input;
  }

  /** Converts a file that the user attached to a message. */
  attachmentToMessageContent(attachment: Attachment, context?: InputContext): Awaitable<InputContent> {
    return chain(context?.bytesOf(attachment), (bytes) => contentOf(attachment, bytes));
  }

  /** Converts an entity that the user mentions in a message. */
  tagToMessageContent(
    ...[tag]: [tag: UserMessageTagContent, context?: InputContext]
  ): Awaitable<InputContent> {
    return { type: 'input_text', text: tagText(tag) };
  }

  async userMessageToInput(
    item: UserMessageItem,
    isLastMessage: boolean,
    context?: InputContext,
  ): Promise<Input> {
    const tags = new Map<string, UserMessageTagContent>();
    let text = '';
    for (const part of item.content) {
      text += part.type === 'input_tag' ? `@${part.text}` : part.text;
      if (part.type === 'input_tag' && !tags.has(part.text)) tags.set(part.text, part);
    }
    const message = userText(text);
    for (const attachment of item.attachments) {
      message.content.push(await this.attachmentToMessageContent(attachment, context));
    }
    const input = [message];
    if (item.quoted_text && isLastMessage) input.push(userText(quoteText(item.quoted_text)));
    if (tags.size > 0) {
      const mentions = userText(MENTIONS);
      for (const tag of tags.values()) mentions.content.push(await this.tagToMessageContent(tag, context));
      input.push(mentions);
    }
    return input;
  }

  assistantMessageToInput({ content }: AssistantMessageItem): Awaitable<Input> {
    if (content.length === 0) return null;
    const parts = content.map(({ text }) => ({ type: 'output_text' as const, text }));
    return { role: 'assistant', status: 'completed', content: parts };
  }

  /**
   * Returns the call and its output; `null` for a pending call, since models refuse calls without output.
   * Characters that APIs refuse in the name of a function become `_`.
   */
  clientToolCallToInput(item: ClientToolCallItem): Awaitable<Input> {
    if (item.status === 'pending') return null;
    const { call_id: callId } = item;
    const name = functionName(item.name);
    const output = JSON.stringify(item.output ?? null);
    return [
      { type: 'function_call', callId, name, arguments: JSON.stringify(item.arguments), status: 'completed' },
      { type: 'function_call_result', callId, name, status: 'completed', output },
    ];
  }

  widgetToInput(item: WidgetItem): Awaitable<Input> {
    return userText(widgetText(item));
  }

  /** Passes the image by its URL. Override this if the model's server cannot reach the URL. */
  generatedImageToInput({ image }: GeneratedImageItem): Awaitable<Input> {
    if (!image) return null;
    const message = userText('The following image was generated by the agent.');
    message.content.push({ type: 'input_image', image: image.url, detail: 'auto' });
    return message;
  }

  hiddenContextToInput(item: HiddenContextItem): Awaitable<Input> {
    return userText(hiddenContextText(item.content));
  }

  /** Converts what this package itself tells the model, for example that an answer broke off. */
  sdkHiddenContextToInput(item: SdkHiddenContextItem): Awaitable<Input> {
    return userText(hiddenContextText(item.content));
  }

  taskToInput({ task }: TaskItem): Awaitable<Input> {
    const text = taskText(task);
    return text === undefined ? null : userText(text);
  }

  workflowToInput({ workflow }: WorkflowItem): Awaitable<Input> {
    return workflow.tasks
      .map(taskText)
      .filter((text) => text !== undefined)
      .map(userText);
  }

  structuredInputToInput(item: StructuredInputItem): Awaitable<Input> {
    return userText(structuredInputText(item));
  }

  /** Returns `null`: the item is only for the page. */
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- for subclasses
  endOfTurnToInput(_item: EndOfTurnItem): Awaitable<Input> {
    return null;
  }

  private async contextFor(
    items: readonly ThreadItem[],
    chat: ChatContext | undefined,
  ): Promise<InputContext> {
    const { attachments: reader, maxAttachedBytes: maxBytes = MAX_ATTACHED } = this.options;
    if (reader === undefined || chat === undefined) return withoutAttachments(chat);
    return openAttachments(items, { reader, chat, maxBytes });
  }

  private itemToInput(item: ThreadItem, isLastMessage: boolean, context: InputContext): Awaitable<Input> {
    switch (item.type) {
      case 'user_message':
        return this.userMessageToInput(item, isLastMessage, context);
      case 'assistant_message':
        return this.assistantMessageToInput(item);
      case 'client_tool_call':
        return this.clientToolCallToInput(item);
      case 'widget':
        return this.widgetToInput(item);
      case 'generated_image':
        return this.generatedImageToInput(item);
      case 'structured_input':
        return this.structuredInputToInput(item);
      case 'workflow':
        return this.workflowToInput(item);
      case 'task':
        return this.taskToInput(item);
      case 'end_of_turn':
        return this.endOfTurnToInput(item);
      case 'hidden_context_item':
        return this.hiddenContextToInput(item);
      case 'sdk_hidden_context':
        return rememberedInput(item) ?? this.sdkHiddenContextToInput(item);
    }
  }
}

/** The items of a run that was kept whole; `undefined` for other hidden items. */
function rememberedInput(item: SdkHiddenContextItem): readonly InputItem[] | undefined {
  const run = rememberedIn(item);
  return run && asInput(run.items);
}

/** A tool of the page may have any name; APIs refuse names of functions with other characters, or longer ones. */
function functionName(name: string): string {
  return name.replace(/[^\w-]/g, '_').slice(0, 64) || '_';
}

function toArray(input: InputItem | readonly InputItem[]): readonly InputItem[] {
  return Array.isArray(input) ? (input as readonly InputItem[]) : [input as InputItem];
}

const DEFAULT_CONVERTER = new ThreadItemConverter();

/**
 * Converts the items of a thread into input of a model, with the default {@link ThreadItemConverter}.
 *
 * @param items oldest first
 *
 * @example
 * const result = await run(agent, await toAgentInput(items), { stream: true, context, signal: ctx.signal });
 */
export function toAgentInput(items: readonly ThreadItem[] | ThreadItem): Promise<InputItem[]> {
  return DEFAULT_CONVERTER.toAgentInput(items);
}
