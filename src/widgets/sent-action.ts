import type { ActionRequest, WidgetComponent } from '../protocol';
import { canonicalJson } from './canonical-json';
import { payloadDifference } from './payload-difference';
import { withoutSignature } from './signature';
import { widgetActions, type WidgetAction } from './widget-actions';

/** The operation that carried the action. */
interface Operation {
  sync: boolean;
}

/**
 * Returns the widget's action that a client can have sent as this request: it has the same name, is handled
 * by the server, matches the operation given by its `streaming`, and has the widget's payload. Beyond that
 * payload, only values of the surrounding form are allowed. If several actions match, the one with the
 * longest payload is returned. Signatures are not compared.
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
 * Explains for the operator's log why `sentAction` found nothing: the first difference from what the widget
 * can send, without values of the payload.
 */
export function whyNotSent(
  widget: WidgetComponent,
  { type, payload }: ActionRequest,
  { sync }: Operation,
): string {
  const named = widgetActions(widget).filter(({ config }) => config.type === type);
  if (named.length === 0) return 'the stored widget has no action of this name';
  const ours = named.filter(({ config }) => config.handler !== 'client');
  if (ours.length === 0) return "the page handles this action (handler: 'client')";
  const able = ours.filter((action) => isFor(action, sync));
  if (able.length === 0) {
    return sync
      ? 'the handler is a sync handler, but the widget does not set `streaming: false`'
      : 'the widget sets `streaming: false`, but the handler is a streaming handler';
  }
  const received = withoutSignature(payload);
  const differences = able.map((action) => differenceFrom(action, received));
  if (differences.includes(undefined))
    return 'the widget signs this action, but the request has no signature';
  return able.length === 1
    ? `the payload does not match the stored widget: ${String(differences[0])}`
    : `the stored widget has ${String(able.length)} actions of this name, but none with this payload`;
}

/** Whether the server handles the action in this operation. */
function isFor({ config }: WidgetAction, sync: boolean): boolean {
  return config.handler !== 'client' && (config.streaming === false) === sync;
}

function differenceFrom({ config, fields }: WidgetAction, received: unknown): string | undefined {
  return payloadDifference(withoutSignature(config.payload), received, fields);
}
