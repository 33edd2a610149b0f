import { JinjaError } from '../jinja-error';
import {
  type BinaryOperator,
  type Comparison,
  type ComparisonOperator,
  type Expression,
  type FilterCall,
  type UnaryOperator,
} from './ast';
import { OperandParser } from './operand-parser';
import { unexpected } from './token';

const COMPARING = ['==', '!=', '<', '<=', '>', '>=', 'in'] as const;

/**
 * Parses expressions, with one method for each level of operators, starting with the lowest precedence. As in
 * Jinja2, `~` binds more tightly than `+`, `**` is left-associative, and a sign binds more tightly than `**`.
 */
export class ExpressionParser extends OperandParser {
  expression(): Expression {
    return this.nested(() => {
      let node = this.unconditional();
      while (this.is('if')) {
        const { line } = this.next();
        const test = this.unconditional();
        const no = this.skip('else') ? this.expression() : undefined;
        node = { type: 'conditional', test, yes: node, no, line };
      }
      return node;
    });
  }

  /** An expression without `if`, for tags where `if` belongs to the tag. */
  protected unconditional(): Expression {
    return this.#binary(['or'], () => this.#binary(['and'], () => this.#not()));
  }

  #binary(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    while (this.is(...operators)) {
      const { value, line } = this.next();
      left = { type: 'binary', operator: value as BinaryOperator, left, right: operand(), line };
    }
    return left;
  }

  #not(): Expression {
    return this.is('not') ? this.#prefixed(() => this.#not()) : this.#comparison();
  }

  #prefixed(operand: () => Expression): Expression {
    const { value, line } = this.next();
    return { type: 'unary', operator: value as UnaryOperator, operand: this.nested(operand), line };
  }

  #comparison(): Expression {
    const { line } = this.current;
    const first = this.#sum();
    const rest: { operator: ComparisonOperator; operand: Expression }[] = [];
    for (let operator = this.#comparing(); operator !== undefined; operator = this.#comparing()) {
      rest.push({ operator, operand: this.#sum() });
    }
    return rest.length === 0 ? first : ({ type: 'comparison', first, rest, line } satisfies Comparison);
  }

  #comparing(): ComparisonOperator | undefined {
    if (this.is(...COMPARING)) return this.next().value as ComparisonOperator;
    if (!this.is('not') || this.following.type !== 'name' || this.following.value !== 'in') return undefined;
    this.next();
    this.next();
    return 'not in';
  }

  #sum(): Expression {
    return this.#binary(['+', '-'], () => this.#binary(['~'], () => this.#product()));
  }

  #product(): Expression {
    return this.#binary(['*', '/', '//', '%'], () => this.#binary(['**'], () => this.#filtered()));
  }

  #filtered(): Expression {
    let node = this.#signed();
    for (;;) {
      if (this.is('|')) node = { type: 'filter', operand: node, ...this.#filter() };
      else if (this.is('is')) node = this.#test(node);
      else if (this.is('(')) node = this.call(node);
      else return node;
    }
  }

  /** Filters apply to the signed value: `-1 | abs` is 1. */
  #signed(): Expression {
    return this.is('-', '+') ? this.#prefixed(() => this.#signed()) : this.operand();
  }

  /** `| a | b(c)` */
  protected filters(): FilterCall[] {
    const found: FilterCall[] = [];
    while (this.is('|')) found.push(this.#filter());
    return found;
  }

  #filter(): FilterCall {
    this.next();
    return this.filterCall();
  }

  /** `a` or `a(b)` after the bar */
  protected filterCall(): FilterCall {
    const { line } = this.current;
    const name = this.name('the name of a filter', true);
    const args = this.is('(') ? this.args() : [];
    if (!this.is('.', '[')) return { name, args, line };
    throw unexpected(this.current, '"|" or an operator', 'what a filter gives is bracketed: (a | b).c');
  }

  #test(operand: Expression): Expression {
    this.next();
    const isNegated = this.skip('not');
    const { line } = this.current;
    const name = this.name('the name of a test', true);
    const value = this.is('(') ? undefined : this.#testArgument();
    const args =
      value === undefined ? (this.is('(') ? this.args() : []) : [{ kind: 'positional' as const, value }];
    return { type: 'test', operand, name, isNegated, args, line };
  }

  /** A test may have one argument without brackets: `is divisibleby 3`. */
  #testArgument(): Expression | undefined {
    if (this.is('is'))
      throw new JinjaError('tests are not chained: write "a is b and a is c"', this.current.line);
    if (this.is('if')) {
      throw unexpected(this.current, 'the end of the test', 'a test before "if" is bracketed: (a is b) if c');
    }
    const { type } = this.current;
    const isLiteral = type === 'string' || type === 'integer' || type === 'float' || this.is('[', '{');
    return isLiteral || (type === 'name' && !this.is('else', 'or', 'and')) ? this.operand() : undefined;
  }
}
