/*
 * Jinja with the semantics of Python's Jinja2. Each folder imports only from those after it: `compile/` turns
 * templates into functions, `library/` has filters, tests, methods and global functions, `syntax/` parses
 * templates, and `values/` implements the operations of Python's values.
 */
export { compile } from './compile/compile';
export type { CompiledTemplate } from './compile/compile';
export type { Json } from './compile/data';
export { JinjaError } from './jinja-error';
