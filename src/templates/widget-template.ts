import { type Issue } from '../errors';
import { compile, JinjaError, type CompiledTemplate, type Json } from '../jinja';
import { type WidgetRoot } from '../protocol';
import { type WidgetSample, type WidgetSource } from '../widgets';
import { dataCheck, type DataCheck } from './data-check';
import { checkDefinition, pathOf, readDefinition, titleOf, type WidgetDefinition } from './definition';
import { parseWidget } from './parse-widget';
import { sampleWidgets } from './samples';
import { TemplateError } from './template-error';

/** Data may be omitted if the template requires none. */
type Arguments<TData extends object> = Partial<TData> extends TData ? [data?: TData] : [data: TData];

/**
 * A `.widget` template from ChatKit Studio, compiled once and built with data any number of times.
 *
 * @example
 * const booking = WidgetTemplate.fromFile<Booking>(new URL('./booking.widget', import.meta.url));
 * yield widget(booking.build({ guest: 'Ada', nights: 2 }));
 */
export class WidgetTemplate<TData extends object = Record<string, unknown>> implements WidgetSource {
  /** The template's name in Studio. */
  readonly name: string;
  readonly #definition: WidgetDefinition;
  readonly #title: string;
  readonly #check: DataCheck;
  readonly #render: CompiledTemplate;

  /**
   * @param definition The parsed content of a `.widget` file.
   * @throws TemplateError `template_invalid` for an invalid definition, with the line if the template has the
   *   error
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
   * @param file A path relative to the working directory, or a URL: `new URL('./x.widget', import.meta.url)`
   *   for a file beside the code.
   * @throws TemplateError `template_unreadable` or `template_invalid`
   */
  static fromFile<TData extends object = Record<string, unknown>>(file: string | URL): WidgetTemplate<TData> {
    const path = pathOf(file);
    return new WidgetTemplate<TData>(readDefinition(path) as WidgetDefinition, path);
  }

  /**
   * Builds the widget with this data.
   *
   * @throws TemplateError `template_data_invalid` when the data does not match the file's `jsonSchema`;
   *   `template_render_failed` when the template uses an undefined value, or its result is not a widget
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
   * Builds widgets from sample data that the `jsonSchema` allows, so that their actions can be checked in
   * advance.
   *
   * @throws TemplateError `template_render_failed` when the template fails with all sample data
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
