import { widgetOnWire, type WidgetComponent } from '../../protocol';
import { readSignature, signatureIn, signMark, widgetActions, withoutSignature } from '../../widgets';
import type { WidgetAction } from '../../widgets';
import { nullsInLists } from './nulls-in-lists';

export interface ServerAction {
  /** The action, with its payload as a handler receives it. */
  readonly action: WidgetAction;
  /** The widget as the client receives it. */
  readonly root: WidgetComponent;
  /** The fields that are or will be signed; `'unknown'` for templates. */
  readonly signed: readonly string[] | 'unknown' | undefined;
  /** The paths of nulls in lists of the payload as written. */
  readonly nulls: readonly string[];
}

/** The actions that a widget can send to the server. */
export function serverActions(widget: WidgetComponent): ServerAction[] {
  const root = widgetOnWire(widget);
  const sent = widgetActions(root);
  const written = widgetActions(widget); // marks are never sent
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
