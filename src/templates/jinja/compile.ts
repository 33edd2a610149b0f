import { type Context } from './context';
import { faultAt } from './fault';
import { GLOBALS } from './globals';
import { read } from './read';
import { Scope } from './scope';
import { block } from './statement';
import { type Engine } from './syntax';
import { type Dict, type Value } from './values';

/** A template, read once: give it data as often as you like. */
export type CompiledTemplate = (data: Dict) => string;

const globals = new Scope(undefined, new Map(GLOBALS));

/**
 * Compiles a Jinja template into a function of its data, with the semantics of Python's Jinja2 and
 * strict undefined.
 *
 * @throws Fault when the template cannot be read, or (rendering) when it does what it may not
 */
export function compile(source: string, engine: Engine): CompiledTemplate {
  const context: Context = { macros: [], isConditional: false, line: undefined };
  const render = block(read(source, engine).body, context);
  return (data) => {
    try {
      return render(new Scope(globals, new Map(data as Map<string, Value>)));
    } catch (error) {
      throw faultAt(error, undefined);
    }
  };
}
