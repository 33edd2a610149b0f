import { isDeepStrictEqual } from 'node:util';
import { type Json } from '../jinja';
import { type WidgetRoot } from '../protocol';
import { type WidgetSample } from '../widgets';
import { isRecord } from '../protocol';
import { parseWidget } from './parse-widget';
import { sampleData, type SampleChoices } from './sample-data';
import { TemplateError } from './template-error';

/** The maximum number of samples, whatever the schema allows. */
const MAX_SAMPLES = 64;
/** A rendering through another branch of the template is not a twin, so several seeds are tried. */
const TWINS_TRIED = 4;

export interface SampleOptions {
  readonly jsonSchema: unknown;
  readonly preview: unknown;
  readonly fill: (data: Record<string, Json>) => WidgetRoot;
}

/**
 * Builds widgets from sample data. Each choice in the schema (both booleans, each enum value, fields present
 * or absent, lists of two, one and no elements) is varied separately.
 */
export function sampleWidgets({ jsonSchema, preview, fill }: SampleOptions): WidgetSample[] {
  const samples: WidgetSample[] = [];
  let failure: unknown;
  for (const choices of variations(jsonSchema)) {
    try {
      const widget = fill(sampleData(jsonSchema, choices, 0).data);
      if (samples.some((sample) => isDeepStrictEqual(sample.widget, widget))) continue;
      samples.push({
        widget,
        twin: twinOf(widget, (seed) => fill(sampleData(jsonSchema, choices, seed).data)),
      });
    } catch (error) {
      failure ??= error;
    }
  }
  if (samples.length === 0) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new TemplateError('template_render_failed', `No sample data could be rendered. ${reason}`, {
      cause: failure,
    });
  }
  const shown = previewWidget(preview);
  if (shown === undefined) return samples;
  return [...samples, { widget: shown, twin: withOtherPayloads(shown, false) as WidgetRoot }];
}

/**
 * Creates the twin of a preview with other payload values. Every value of a payload may be a placeholder of
 * the designer.
 */
function withOtherPayloads(node: unknown, isPayload: boolean): unknown {
  if (Array.isArray(node)) return node.map((each) => withOtherPayloads(each, isPayload));
  if (isRecord(node)) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        withOtherPayloads(value, isPayload || key === 'payload'),
      ]),
    );
  }
  if (!isPayload) return node;
  if (typeof node === 'number') return node + 1;
  if (typeof node === 'boolean') return !node;
  return typeof node === 'string' ? `${node} (other)` : node;
}

/** The default choices, then every other option of each choice, and of the choices that it leads to. */
function variations(jsonSchema: unknown): SampleChoices[] {
  const found: SampleChoices[] = [new Map()];
  const seen = new Set<string>();
  for (const choices of found) {
    for (const [path, options] of sampleData(jsonSchema, choices, 0).options) {
      for (let option = 1; option < options; option += 1) {
        const key = `${path}=${String(option)}`;
        if (seen.has(key) || found.length >= MAX_SAMPLES) continue;
        seen.add(key);
        found.push(new Map([...choices, [path, option]]));
      }
    }
  }
  return found;
}

function twinOf(widget: WidgetRoot, make: (seed: number) => WidgetRoot): WidgetRoot | undefined {
  for (let seed = 1; seed <= TWINS_TRIED; seed += 1) {
    try {
      const twin = make(seed);
      if (isAlike(widget, twin)) return twin;
    } catch {
      // another seed may work
    }
  }
  return undefined;
}

/** Whether two values have the same components with the same props, whatever the values. */
function isAlike(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isAlike(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return typeof a === typeof b && Array.isArray(a) === Array.isArray(b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && isAlike(a[key], b[key]));
}

function previewWidget(preview: unknown): WidgetRoot | undefined {
  if (preview === undefined || preview === null) return undefined;
  const parsed = parseWidget(typeof preview === 'string' ? preview : JSON.stringify(preview));
  return parsed.problem === undefined ? parsed.widget : undefined;
}
