import { declares } from './declare';
import { misuse } from './decoration';
import type { HandlerDecoration } from './handler-decoration';

/** Options of {@link OnMessage}. */
export interface OnMessageOptions {
  /** Only messages for which the user chose the tool of this id. */
  tool?: string | undefined;
  /** Only messages for which the user chose this model. */
  model?: string | undefined;
  description?: string | undefined;
}

/**
 * Makes a method the responder: it answers user messages, tool output and structured input, and is
 * what `respond` runs. Its message is `null` after tool output and structured input. There may be
 * more than one when `tool` or `model` tell them apart; one without either is needed.
 *
 * @throws TypeError when an option is of a wrong kind, or the decorator stands elsewhere than on a
 *   method of an instance.
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) { return assistantMessage('Hello!'); }
 */
export function OnMessage(options: OnMessageOptions = {}): HandlerDecoration<'message'> {
  return declares('@OnMessage', (where) => {
    for (const name of ['tool', 'model', 'description'] as const) {
      const value = options[name];
      if (value !== undefined && (typeof value !== 'string' || value === '')) {
        throw misuse('@OnMessage', where, `${name} must be a string that is not empty.`);
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
