import { useEffect, useState } from 'react';
import { ask } from '../data/own-api';
import type { LoggedRequest } from '../data/logged-request';
import { loadHandlers, type HandlerInfo } from './handlers';
import { parsed } from './parsed';

const ANSWERED_BY: Readonly<Record<string, string>> = {
  'threads.create': 'message',
  'threads.add_user_message': 'message',
  'threads.add_client_tool_output': 'message',
  'threads.add_structured_input': 'message',
  'threads.retry_after_item': 'message',
  'items.feedback': 'feedback',
  'input.transcribe': 'transcribe',
};

/** The handler of a request as `Class.method`, or undefined. */
export function useHandler(request: LoggedRequest): string | undefined {
  const [handler, setHandler] = useState<string | undefined>(undefined);
  const { body } = request;
  useEffect(() => {
    let isStale = false;
    findHandler(body).then(
      (found) => {
        if (!isStale) setHandler(found);
      },
      () => undefined,
    );
    return () => {
      isStale = true;
    };
  }, [body]);
  return handler;
}

async function findHandler(body: string): Promise<string | undefined> {
  const { type, params } = parsed(body) as {
    type?: string;
    params?: {
      action?: { type?: unknown; payload?: unknown };
      input?: { inference_options?: { tool_choice?: { id?: string }; model?: string } };
    };
  };
  if (type === 'threads.custom_action' || type === 'threads.sync_custom_action') {
    const action = {
      type: params?.action?.type,
      payload: params?.action?.payload,
      streaming: type === 'threads.custom_action',
    };
    const widget = { type: 'Card', children: [{ type: 'Button', label: 'Go', onClickAction: action }] };
    const report = await ask<{ actions: { handler: string | null }[] }>('check', { widgets: [widget] });
    return report.actions[0]?.handler ?? undefined;
  }
  const kind = type === undefined ? undefined : ANSWERED_BY[type];
  const found = (await loadHandlers()).filter((handler) => handler.kind === kind);
  const chosen = params?.input?.inference_options;
  if (kind === 'message' && chosen !== undefined) {
    return responderFor(found, { tool: chosen.tool_choice?.id, model: chosen.model })?.where;
  }
  // This request does not contain the tool and model chosen for the message that is answered.
  return found.length === 0 ? undefined : found.map(({ where }) => where).join(' or ');
}

/** In the server's order: one for the tool before one for the model before the general one. */
function responderFor(
  handlers: readonly HandlerInfo[],
  choice: { tool: string | undefined; model: string | undefined },
): HandlerInfo | undefined {
  const rank = ({ tool, model }: HandlerInfo): number =>
    (tool === undefined ? 0 : 2) + (model === undefined ? 0 : 1);
  return handlers
    .filter(({ tool = choice.tool, model = choice.model }) => tool === choice.tool && model === choice.model)
    .toSorted((a, b) => rank(b) - rank(a))[0];
}
