import { ArgumentParser } from './argument-parser';
import { type Expression, type Slice } from './ast';
import { unexpected } from './token';

const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

export const isConstant = (name: string): boolean => Object.hasOwn(CONSTANTS, name);

/** Parses operands: literals, variables, brackets, and `.a`, `[b]`, `(c)` after them. */
export abstract class OperandParser extends ArgumentParser {
  /**
   * `a`, or the tuple `a, b`
   *
   * @param end A word that may follow the last comma.
   */
  protected tuple(parse = (): Expression => this.expression(), end = ''): Expression {
    const { line } = this.current;
    const first = parse();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.skip(',') && !this.is(')', '}}', '%}', end)) items.push(parse());
    return { type: 'tuple', items, line };
  }

  protected operand(): Expression {
    return this.#postfix(this.#primary());
  }

  #primary(): Expression {
    const { type, value, line } = this.current;
    switch (type) {
      case 'name':
        this.name('a value');
        return isConstant(value)
          ? { type: 'constant', value: CONSTANTS[value] ?? null, line }
          : { type: 'name', name: value, line };
      case 'integer':
      case 'float':
        this.next();
        return { type, value: Number(value.replaceAll('_', '')), line };
      case 'string':
        return { type: 'constant', value: this.#strings(), line };
      default:
        if (this.skip('(')) return this.#bracketed(line);
        if (this.skip('[')) return { type: 'list', items: this.#several(']', () => this.expression()), line };
        if (this.skip('{')) return { type: 'dict', entries: this.#several('}', () => this.#entry()), line };
        throw unexpected(this.current, 'a value');
    }
  }

  /** `'a' 'b'` is one text. */
  #strings(): string {
    let text = '';
    while (this.current.type === 'string') text += this.next().value;
    return text;
  }

  #bracketed(line: number): Expression {
    const inner: Expression = this.is(')') ? { type: 'tuple', items: [], line } : this.tuple();
    this.expect(')', 'an operator, "," or ")"');
    return inner;
  }

  #several<T>(close: string, parse: () => T): T[] {
    const items: T[] = [];
    while (!this.is(close)) {
      items.push(parse());
      if (!this.skip(',')) break;
    }
    this.expect(close, `an operator, "," or "${close}"`);
    return items;
  }

  #entry(): [Expression, Expression] {
    const key = this.expression();
    this.expect(':', '":" and the value of this key');
    return [key, this.expression()];
  }

  #postfix(operand: Expression): Expression {
    let node = operand;
    for (;;) {
      if (this.skip('.')) node = this.#attribute(node);
      else if (this.is('[')) node = this.#subscript(node);
      else if (this.is('(')) node = this.call(node);
      else return node;
    }
  }

  protected call(callee: Expression): Expression {
    const { line } = this.current;
    return { type: 'call', callee, args: this.args(), line };
  }

  #attribute(object: Expression): Expression {
    const { type, value, line } = this.current;
    if (type !== 'integer') {
      return { type: 'attribute', object, name: this.name('a name or a whole number', true), line };
    }
    this.next();
    return { type: 'item', object, key: { type, value: Number(value), line }, line };
  }

  #subscript(object: Expression): Expression {
    const { line } = this.next();
    const key = this.is(':') ? undefined : this.tuple();
    const node: Expression =
      key === undefined || this.is(':')
        ? { ...this.#slice(object, key), line }
        : { type: 'item', object, key, line };
    this.expect(']', 'an operator, ":" or "]"');
    return node;
  }

  #slice(object: Expression, start: Expression | undefined): Slice {
    const { line } = this.next();
    const stop = this.is(':', ']') ? undefined : this.expression();
    const step = this.skip(':') && !this.is(']') ? this.expression() : undefined;
    return { type: 'slice', object, start, stop, step, line };
  }
}
