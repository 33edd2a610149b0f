import { type Issue } from '../errors';
import { compile, JinjaError, type CompiledTemplate, type Json } from '../jinja';
import { type WidgetRoot } from '../protocol';
import { type WidgetSample, type WidgetSource } from '../widgets';
import { dataCheck, type DataCheck } from './data-check';
import { checkDefinition, pathOf, readDefinition, titleOf, type WidgetDefinition } from './definition';
import { parseWidget } from './parse-widget';
import { sampleWidgets } from './samples';
import { TemplateError } from './template-error';

/** Data may be left out where the template needs none. */
type Arguments<TData extends object> = Partial<TData> extends TData ? [data?: TData] : [data: TData];

/**
 * A `.widget` template from ChatKit Studio: compiled once, filled with data as often as you like.
 *
 * @example
 * const booking = WidgetTemplate.fromFile<Booking>(new URL('./booking.widget', import.meta.url));
 * yield widget(booking.build({ guest: 'Ada', nights: 2 }));
 */
export class WidgetTemplate<TData extends object = Record<string, unknown>> implements WidgetSource {
  /** The name that it has in Studio. */
  readonly name: string;
  readonly #definition: WidgetDefinition;
  readonly #title: string;
  readonly #check: DataCheck;
  readonly #render: CompiledTemplate;

  /**
   * @param definition what a `.widget` file holds, parsed
   * @throws TemplateError `template_invalid` when it is wrong, with the line where the template is
   */
  constructor(definition: WidgetDefinition, from?: string) {
    this.#definition = checkDefinition(definition, from);
    this.#title = titleOf(definition, from);
    this.name = definition.name;
    this.#check = this.#orInvalid(() => dataCheck(definition.jsonSchema));
    this.#render = this.#orInvalid(() => compile(definition.template));
  }

  /**
   * Reads a `.widget` file.
   *
   * @param file a path from the working directory, or a URL: `new URL('./x.widget', import.meta.url)`
   *   for a file beside the code
   * @throws TemplateError `template_unreadable` or `template_invalid`
   */
  static fromFile<TData extends object = Record<string, unknown>>(file: string | URL): WidgetTemplate<TData> {
    const path = pathOf(file);
    return new WidgetTemplate<TData>(readDefinition(path) as WidgetDefinition, path);
  }

  /**
   * The widget with this data in it.
   *
   * @throws TemplateError `template_data_invalid` when the data does not fit the file's `jsonSchema`;
   *   `template_render_failed` when the template uses what is not there, or gives no widget
   */
  build(...[data]: Arguments<TData>): WidgetRoot {
    const checked = this.#check(data);
    if (checked.issues === undefined) return this.#fill(checked.data);
    throw new TemplateError(
      'template_data_invalid',
      `${this.#title}: the data does not fit its jsonSchema. ${checked.issues.map(tell).join('; ')}.`,
      { issues: checked.issues },
    );
  }

  /**
   * Widgets from made-up data that its `jsonSchema` allows, so that what they send can be checked
   * before anybody clicks.
   *
   * @throws TemplateError `template_render_failed` when the template fails with all of it
   */
  samples(): readonly WidgetSample[] {
    const { jsonSchema, outputJsonPreview } = this.#definition;
    return sampleWidgets({ jsonSchema, preview: outputJsonPreview, fill: (data) => this.#fill(data) });
  }

  #fill(data: Record<string, Json>): WidgetRoot {
    let text: string;
    try {
      text = this.#render(data);
    } catch (cause) {
      throw this.#failed(reasonOf(cause), cause);
    }
    const parsed = parseWidget(text);
    if (parsed.problem === undefined) return parsed.widget;
    throw this.#failed(parsed.problem, parsed.cause);
  }

  #failed(reason: string, cause: unknown): TemplateError {
    return new TemplateError('template_render_failed', `${this.#title}: ${reason}.`, { cause });
  }

  #orInvalid<T>(make: () => T): T {
    try {
      return make();
    } catch (cause) {
      throw new TemplateError('template_invalid', `${this.#title}: ${reasonOf(cause)}.`, { cause });
    }
  }
}

function reasonOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return error instanceof JinjaError && error.line !== undefined
    ? `${message} (line ${String(error.line)})`
    : message;
}

const tell = ({ path, message }: Issue): string => (path === '' ? message : `${path}: ${message}`);
