import type { RouteInfo } from '../../registry';
import { count } from '../problems-text';
import type { Style } from '../terminal';

const HEAD = ['KIND', 'PATTERN', 'HANDLER', 'PAYLOAD', 'CONDITIONS'];

/** The handlers of an app as a table, with one line per pattern. */
export function routesText(registry: readonly RouteInfo[], style: Style): string {
  const rows = registry.flatMap(rowsOf);
  const isEmpty = HEAD.map((_, column) => rows.every((row) => row[column] === ''));
  const table = [HEAD, ...rows].map((row) => row.filter((_, column) => isEmpty[column] !== true));
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  const end = [...undescribed(registry), style.faint(`${count(registry.length, 'handler')}.`)];
  return [style.strong(head), ...body, '', ...end, ''].join('\n');
}

/** The reasons for payloads that are shown as a question mark. */
function undescribed(registry: readonly RouteInfo[]): string[] {
  return registry.flatMap(({ where, schemaError }) =>
    schemaError === undefined ? [] : [`${where}: the payload cannot be described. ${schemaError}`],
  );
}

function rowsOf(route: RouteInfo): string[][] {
  const { kind, patterns, where } = route;
  const names = patterns.length > 0 ? patterns : [choiceOf(route)];
  return names.map((name) => [kind, name, where, payloadText(route), conditionsOf(route)]);
}

/** The tool and model for which a responder is used. */
function choiceOf({ tool, model }: RouteInfo): string {
  return [tool !== undefined && `tool ${tool}`, model !== undefined && `model ${model}`]
    .filter(Boolean)
    .join(', ');
}

/** The fields of a payload; optional ones have a question mark. */
function payloadText({ payload, schemaError }: RouteInfo): string {
  if (payload === undefined) return '';
  if (schemaError !== undefined) return '?';
  const { properties, required, type } = payload;
  if (typeof properties !== 'object' || properties === null)
    return typeof type === 'string' ? type : 'anything';
  const needed = Array.isArray(required) ? required : [];
  const names = Object.keys(properties).map((name) => (needed.includes(name) ? name : `${name}?`));
  return `{ ${names.join(', ')} }`;
}

function conditionsOf({ signed, once, fromWidgetOnly, guards }: RouteInfo): string {
  const flags = [
    signed === true && 'signed',
    once === true && 'once',
    fromWidgetOnly === true && 'from widget only',
  ];
  return [...flags.filter(Boolean), ...guards].join(', ');
}
