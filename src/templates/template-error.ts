import { brand, readMore, type Issue } from '../errors';

/** What a {@link TemplateError} is about. */
export type TemplateErrorCode =
  'template_unreadable' | 'template_invalid' | 'template_data_invalid' | 'template_render_failed';

/** What a {@link TemplateError} tells besides its message. */
export interface TemplateErrorOptions {
  readonly issues?: readonly Issue[];
  readonly cause?: unknown;
}

/**
 * What is wrong with a `.widget` template, or with the data for it. Made for developers: users get
 * the generic answer, the log has the message.
 *
 * - `template_unreadable`: the file is not there, or is no JSON
 * - `template_invalid`: the definition or the template in it is wrong
 * - `template_data_invalid`: the data does not fit the `jsonSchema`; `issues` names each place
 * - `template_render_failed`: the template failed with this data, or gave no widget
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
