import { OUTERMOST } from './context';
import { templateData, type Json } from './data';
import { GLOBALS } from '../library/globals';
import { errorAt } from '../jinja-error';
import { Scope } from './scope';
import { block } from './statement';
import { parse } from '../syntax/parse';
import { type Value } from '../values/values';

/** A compiled template, which can be rendered any number of times. */
export type CompiledTemplate = (data: Readonly<Record<string, Json>>) => string;

const globals = new Scope(undefined, new Map(GLOBALS));

/**
 * Compiles a Jinja template into a function of its data, with the semantics of Python's Jinja2 and strict
 * undefined.
 *
 * @throws JinjaError for a syntax error, or at rendering for an invalid operation
 * @example
 * const render = compile('Hello {{ name | upper }}!');
 * render({ name: 'Ada' }); // 'Hello ADA!'
 */
export function compile(template: string): CompiledTemplate {
  const render = orError(() => block(parse(template), OUTERMOST));
  return (data) => orError(() => render(new Scope(globals, templateData(data) as Map<string, Value>)));
}

function orError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw errorAt(error, undefined);
  }
}
