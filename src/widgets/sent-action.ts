import type { ActionRequest, WidgetComponent } from '../protocol';
import { canonicalJson } from './canonical-json';
import { withoutSignature } from './signature';
import { widgetActions, type WidgetAction } from './widget-actions';

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
  { sync }: { sync: boolean },
): WidgetAction | undefined {
  const received = withoutSignature(payload);
  const able = widgetActions(widget).filter(
    ({ config, fields }) =>
      config.type === type &&
      config.handler !== 'client' &&
      (config.streaming === false) === sync &&
      isSentFrom(withoutSignature(config.payload), received, fields),
  );
  if (able.length <= 1) return able[0];
  const said = ({ config }: WidgetAction): number => canonicalJson(config.payload ?? null).length;
  return able.reduce((most, action) => (said(action) > said(most) ? action : most));
}

/** Whether a payload is what a client makes of a widget's own one and the fields of a form. */
function isSentFrom(own: unknown, received: unknown, fields: readonly string[]): boolean {
  const given = own ?? {}; // a form makes an object where there is no payload
  const sent = received ?? {};
  if (!isRecord(given) || !isRecord(sent)) return isSame(given, sent);
  const paths = fields.map((field) => field.split('.'));
  return addsOnly(given, sent, paths);
}

/** Whether all of `own` is in `received`, unchanged but for the fields, whose paths from here are given. */
function addsOnly(
  own: Record<string, unknown>,
  received: Record<string, unknown>,
  fields: readonly (readonly string[])[],
): boolean {
  if (!Object.keys(own).every((key) => Object.hasOwn(received, key))) return false;
  return Object.entries(received).every(([key, value]) => {
    const inside = fields.filter(([first, ...rest]) => first === key && rest.length > 0);
    const deeper = inside.map(([, ...rest]) => rest);
    if (Object.hasOwn(own, key)) {
      const given = own[key];
      // A form's values go into objects; all else it leaves as it is.
      if (isRecord(given) && isRecord(value)) return addsOnly(given, value, deeper);
      return isSame(given, value);
    }
    if (fields.some((path) => path.length === 1 && path[0] === key)) return true;
    return deeper.length > 0 && isContainer(value) && addsOnly({}, value, deeper);
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isContainer(value) && !Array.isArray(value);
}
