export { compile } from './compile';
export type { CompiledTemplate } from './compile';
export type { Json } from './data';
export { JinjaError } from './jinja-error';
