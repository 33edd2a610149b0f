import type { ActionRequest, WidgetComponent } from '../protocol';
import { canonicalJson } from './canonical-json';
import { payloadDifference } from './payload-difference';
import { withoutSignature } from './signature';
import { widgetActions, type WidgetAction } from './widget-actions';

/** The operation in which an action came. */
interface Operation {
  sync: boolean;
}

/**
 * The action of a widget that a client can have sent as this request: of that name, for the server,
 * in the operation that its `streaming` asks for, and with the payload that the widget gives it.
 * Beside that payload there may be the values of the form around it and nothing else. Of several the
 * one that says most. Signatures are not compared.
 *
 * @returns `undefined` when the widget cannot have sent it
 */
export function sentAction(
  widget: WidgetComponent,
  { type, payload }: ActionRequest,
  { sync }: Operation,
): WidgetAction | undefined {
  const received = withoutSignature(payload);
  const able = widgetActions(widget).filter(
    (action) =>
      action.config.type === type && isFor(action, sync) && differenceFrom(action, received) === undefined,
  );
  if (able.length <= 1) return able[0];
  const said = ({ config }: WidgetAction): number => canonicalJson(config.payload ?? null).length;
  return able.reduce((most, action) => (said(action) > said(most) ? action : most));
}

/**
 * Why `sentAction` finds nothing, for the operator's log: the first thing that differs from what the
 * widget can send, without values of the payload.
 */
export function whyNotSent(
  widget: WidgetComponent,
  { type, payload }: ActionRequest,
  { sync }: Operation,
): string {
  const named = widgetActions(widget).filter(({ config }) => config.type === type);
  if (named.length === 0) return 'its widget, as it is stored, has no action of this name';
  const ours = named.filter(({ config }) => config.handler !== 'client');
  if (ours.length === 0) return "its widget gives the action to the page (handler: 'client')";
  const able = ours.filter((action) => isFor(action, sync));
  if (able.length === 0) {
    return sync
      ? 'its handler is a sync one, and its widget lacks `streaming: false`'
      : 'its widget says `streaming: false`, and its handler is a streaming one';
  }
  const received = withoutSignature(payload);
  const differences = able.map((action) => differenceFrom(action, received));
  if (differences.includes(undefined)) return 'its widget sends it signed, and it came without the signature';
  return able.length === 1
    ? `its payload is not that of the widget, as it is stored: ${String(differences[0])}`
    : `its widget, as it is stored, has ${String(able.length)} actions of this name, and none with this payload`;
}

/** Whether the server handles it, by the operation that it came in. */
function isFor({ config }: WidgetAction, sync: boolean): boolean {
  return config.handler !== 'client' && (config.streaming === false) === sync;
}

function differenceFrom({ config, fields }: WidgetAction, received: unknown): string | undefined {
  return payloadDifference(withoutSignature(config.payload), received, fields);
}
