import { JinjaError } from '../jinja-error';
import { type Argument, type Expression } from './ast';
import { TokenStream } from './token-stream';

/** The kinds of arguments that must not precede each kind. */
const NOT_BEFORE: Readonly<Record<Argument['kind'], readonly Argument['kind'][]>> = {
  positional: ['list', 'named', 'dict'],
  list: ['list', 'dict'],
  named: ['dict'],
  dict: ['dict'],
};

/** Parses the arguments of calls. */
export abstract class ArgumentParser extends TokenStream {
  protected abstract expression(): Expression;

  /** The arguments of a call, from its opening bracket to its closing one. */
  protected args(): Argument[] {
    this.expect('(');
    const args: Argument[] = [];
    while (!this.is(')')) {
      args.push(this.#argument(args));
      if (!this.skip(',')) break;
    }
    this.expect(')', 'an operator, "," or ")"');
    return args;
  }

  #argument(before: readonly Argument[]): Argument {
    const { type, value, line } = this.current;
    const isNamed = type === 'name' && this.following.type === 'operator' && this.following.value === '=';
    const kind = this.skip('*') ? 'list' : this.skip('**') ? 'dict' : isNamed ? 'named' : 'positional';
    if (before.some((other) => NOT_BEFORE[kind].includes(other.kind))) {
      throw new JinjaError('arguments have an order: values, *list, name=value, **dict', line);
    }
    if (!isNamed) return { kind: kind as 'positional', value: this.expression() };
    this.name('the name of an argument');
    this.expect('=');
    return { kind: 'named', name: value, value: this.expression() };
  }
}
