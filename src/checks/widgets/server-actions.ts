import { widgetOnWire, type WidgetComponent } from '../../protocol';
import { readSignature, signatureIn, signMark, widgetActions, withoutSignature } from '../../widgets';
import type { WidgetAction } from '../../widgets';
import { nullsInLists } from './nulls-in-lists';

export interface ServerAction {
  /** The action with its payload as a handler gets to see it. */
  readonly action: WidgetAction;
  /** The widget as the client gets it. */
  readonly root: WidgetComponent;
  /** The fields that are signed, or are to be; `'unknown'` of templates, which are text. */
  readonly signed: readonly string[] | 'unknown' | undefined;
  /** Where lists in the payload, as it was written, hold null. */
  readonly nulls: readonly string[];
}

/** The actions that a widget can send to the server. */
export function serverActions(widget: WidgetComponent): ServerAction[] {
  const root = widgetOnWire(widget);
  const sent = widgetActions(root);
  const written = widgetActions(widget); // marks do not go over the wire
  const isComplete = written.length === sent.length;
  return sent.flatMap((action, index) => {
    const { payload, ...config } = action.config;
    if (config.handler === 'client') return [];
    const marked = isComplete ? written[index] : undefined;
    const signed = (marked && signMark(marked.config)?.fields) ?? readSignature(signatureIn(payload))?.fields;
    const nulls = nullsInLists(isComplete ? written[index]?.config.payload : undefined);
    return {
      action: { ...action, config: { ...config, payload: withoutSignature(payload) } },
      root,
      signed,
      nulls,
    };
  });
}
