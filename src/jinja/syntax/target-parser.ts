import { JinjaError } from '../jinja-error';
import { type Parameter, type Target } from './ast';
import { ExpressionParser } from './expression-parser';
import { isConstant } from './operand-parser';

/** Parses assignment targets: variables, several at once, attributes of a namespace, parameters. */
export abstract class TargetParser extends ExpressionParser {
  /** @param allowsAttributes Whether `a.b` may be set. */
  protected target(allowsAttributes = false): Target {
    const { line } = this.current;
    const first = this.#one(allowsAttributes);
    if (!this.is(',')) return first;
    const targets = [first];
    while (this.skip(',') && !this.is(')')) targets.push(this.#one(allowsAttributes));
    return { type: 'targets', targets, line };
  }

  /** The name of a variable. */
  protected variable(): string {
    const { value, line } = this.current;
    const name = this.name('the name of a variable');
    if (isConstant(name)) throw new JinjaError(`can't assign to "${value}"`, line);
    return name;
  }

  /** The parameters of a macro, from the opening bracket to the closing one. */
  protected parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    this.expect('(');
    while (!this.is(')')) {
      if (parameters.length > 0) this.expect(',', '"," or ")"');
      const { line } = this.current;
      const name = this.variable();
      const otherwise = this.skip('=') ? this.expression() : undefined;
      if (otherwise === undefined && parameters.at(-1)?.otherwise !== undefined) {
        throw new JinjaError(`the parameter "${name}" needs a default, as the one before it has one`, line);
      }
      parameters.push({ name, otherwise });
    }
    this.next();
    return parameters;
  }

  #one(allowsAttributes: boolean): Target {
    const { line } = this.current;
    if (this.skip('(')) {
      const target = this.nested(() => this.target(allowsAttributes));
      this.expect(')', '"," or ")"');
      return target;
    }
    const name = this.variable();
    if (this.is('[')) {
      throw new JinjaError(
        `can't assign to an element: a list is changed by its methods, as in "append"`,
        line,
      );
    }
    if (!allowsAttributes || !this.skip('.')) return { type: 'name', name, line };
    return { type: 'attribute', owner: name, name: this.name('the name of an attribute', true), line };
  }
}
