export { TemplateError } from './template-error';
export type { TemplateErrorCode, TemplateErrorOptions } from './template-error';
export { WidgetTemplate } from './widget-template';
export type { WidgetDefinition } from './definition';
