import { EXPAND, type Composite, type EventDraft, type RespondOptions } from '../context';
import { holdPromises } from '../errors';
import type { StructuredInput } from '../protocol';
import { generateId } from '../store';

type InputDraft<T = StructuredInput> = T extends { type: 'multiple_choice' }
  ? Omit<T, 'id' | 'multiple' | 'answer'> & { id?: string; multiple?: boolean }
  : Omit<T, 'id' | 'answer'> & { id?: string };

/**
 * Sends questions that the user answers or skips. The answers are saved in the item, and the responder runs
 * again with no message.
 *
 * @param inputs The questions. A missing id becomes `input_1`, `input_2`, …
 * @example
 * yield structuredInput([{ type: 'freeform', id: 'city', question: 'Which city?' }]);
 */
export function structuredInput(inputs: readonly InputDraft[]): EventDraft {
  holdPromises(inputs); // a promise in place of an input is lost in the copies
  return {
    type: 'thread.item.done',
    item: {
      type: 'structured_input',
      status: 'pending',
      inputs: inputs.map((input, index): StructuredInput => {
        const id = input.id ?? `input_${String(index + 1)}`;
        return input.type === 'multiple_choice'
          ? { ...input, id, multiple: input.multiple ?? false }
          : { ...input, id };
      }),
    },
  };
}

/**
 * Calls a tool in the browser. Yield it last: when the tool's output arrives, the responder runs again with
 * no message.
 *
 * @param args JSON values.
 */
export function clientToolCall(
  name: string,
  args: Record<string, unknown> = {},
  options: { callId?: string } = {},
): EventDraft {
  return {
    type: 'thread.item.done',
    item: {
      type: 'client_tool_call',
      status: 'pending',
      call_id: options.callId ?? generateId('tool_call'),
      name,
      arguments: args,
    },
  };
}

/**
 * Runs the responder on a synthetic user message inside this run. The handler continues when the responder
 * has ended. By default the message is neither stored nor shown.
 *
 * @throws ChatError `respond_too_deep` when responders are nested more than four deep
 * @example
 * yield respond(`Form submitted: ${result.summary}`);
 */
export function respond(text: string, options: RespondOptions = {}): Composite {
  return { [EXPAND]: (ctx) => ctx.responderEvents(text, options) };
}
