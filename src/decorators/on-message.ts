import { declares } from './declare';
import { misuse } from './decoration';
import type { HandlerDecoration } from './handler-decoration';

/** Options of {@link OnMessage}. */
export interface OnMessageOptions {
  /** Only messages for which the user chose the tool with this id. */
  tool?: string | undefined;
  /** Only messages for which the user chose this model. */
  model?: string | undefined;
  description?: string | undefined;
}

/**
 * Makes a method the responder: it answers user messages, tool output and structured input, and `respond`
 * runs it. Its message is `null` after tool output and structured input. Several responders are allowed if
 * they differ in `tool` or `model`. One without either is required.
 *
 * @throws TypeError when an option has a wrong type, or when the decorator is not on an instance method.
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) { return assistantMessage('Hello!'); }
 */
export function OnMessage(options: OnMessageOptions = {}): HandlerDecoration<'message'> {
  return declares('@OnMessage', (where) => {
    for (const name of ['tool', 'model', 'description'] as const) {
      const value = options[name];
      if (value !== undefined && (typeof value !== 'string' || value === '')) {
        throw misuse('@OnMessage', where, `${name} must be a non-empty string.`);
      }
    }
    const { tool, model, description } = options;
    return {
      kind: 'message',
      decorator: '@OnMessage',
      patterns: [],
      definedNames: [],
      tool,
      model,
      description,
    };
  });
}
