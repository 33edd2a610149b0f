import { brand, readMore, type Issue } from '../errors';

/** The codes of {@link TemplateError}. */
export type TemplateErrorCode =
  'template_unreadable' | 'template_invalid' | 'template_data_invalid' | 'template_render_failed';

/** Further properties of a {@link TemplateError}. */
export interface TemplateErrorOptions {
  readonly issues?: readonly Issue[];
  readonly cause?: unknown;
}

/**
 * Thrown for an error in a `.widget` template or in its data. The message is for developers and logged. Users
 * get the generic message.
 *
 * - `template_unreadable`: the file does not exist, or is not JSON
 * - `template_invalid`: the definition or its template is invalid
 * - `template_data_invalid`: the data does not match the `jsonSchema`; `issues` names each position
 * - `template_render_failed`: the template failed with this data, or its result is not a widget
 */
export class TemplateError extends Error {
  static {
    brand(this, 'TemplateError');
  }

  readonly code: TemplateErrorCode;
  readonly issues: readonly Issue[] | undefined;

  constructor(code: TemplateErrorCode, message: string, options: TemplateErrorOptions = {}) {
    super(readMore(message, code), 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'TemplateError';
    this.code = code;
    this.issues = options.issues;
  }
}
