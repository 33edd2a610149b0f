/*
 * Jinja, with the semantics of Python's Jinja2. Each folder imports only from those after it:
 * `compile/` makes functions of templates, `library/` holds filters, tests, methods and global
 * functions, `syntax/` reads templates, `values/` is what Python's values do.
 */
export { compile } from './compile/compile';
export type { CompiledTemplate } from './compile/compile';
export type { Json } from './compile/data';
export { JinjaError } from './jinja-error';
