import { messageOf, type StartupProblem } from '../../errors';
import type { WidgetRoot } from '../../protocol';
import type { WidgetSample, WidgetSource } from '../../widgets';
import type { ActionPlace } from './check-action';
import { serverActions } from './server-actions';

/** An example widget, or a source of widgets. */
export type WidgetExample = WidgetRoot | WidgetSource;

/** The actions of one entry of `widgets`. */
export interface Exhibit {
  readonly name: string;
  readonly places: readonly ActionPlace[];
  readonly problem?: StartupProblem;
}

/** Returns the actions of one entry of `widgets`, or the problem with it. */
export function exhibit(entry: WidgetExample, index: number): Exhibit {
  const position = `widgets[${String(index)}]`;
  const name = isSource(entry) && typeof entry.name === 'string' && entry.name !== '' ? entry.name : position;
  try {
    const samples = samplesOf(entry);
    if (samples === undefined) return broken(name, 'it is neither a widget nor an object with samples().');
    if (samples.length === 0) return broken(name, 'it has no samples, so its actions are unknown.');
    const places = samples.flatMap((sample) => placesOf(name, sample));
    return { name, places: isSource(entry) ? places.map(withoutMarks) : places };
  } catch (error) {
    return broken(name, `it cannot be read: ${messageOf(error)}`);
  }
}

function samplesOf(entry: unknown): readonly WidgetSample[] | undefined {
  if (isSource(entry)) return entry.samples();
  return isWidget(entry) ? [{ widget: entry }] : undefined;
}

function placesOf(name: string, { widget, twin }: WidgetSample): ActionPlace[] {
  const twins = new Map(twin && serverActions(twin).map(({ action }) => [action.path, action]));
  return serverActions(widget).map((each) => ({ ...each, widget: name, twin: twins.get(each.action.path) }));
}

/** A template's widget has no marks: the handler that builds it signs it later. */
function withoutMarks(place: ActionPlace): ActionPlace {
  return { ...place, signed: 'unknown' };
}

function broken(name: string, message: string): Exhibit {
  const problem: StartupProblem = {
    code: 'unusable_widget',
    where: name,
    message,
    fix: 'Pass a widget as data, from a builder or a template: template.build(data).',
    widget: name,
  };
  return { name, places: [], problem };
}

function isSource(value: unknown): value is WidgetSource {
  return (
    typeof value === 'object' && value !== null && 'samples' in value && typeof value.samples === 'function'
  );
}

function isWidget(value: unknown): value is WidgetRoot {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
