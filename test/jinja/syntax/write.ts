import type * as ast from '../../../src/jinja/syntax/ast';

/*
 * Writes a syntax tree as a template, with no more brackets than it needs: what is read from it has
 * to be the same tree.
 */

/** How closely an expression binds; one in a place that wants more is bracketed. */
const LEVELS: Readonly<Record<string, number>> = {
  ...{ conditional: 0, or: 1, and: 2, not: 3, comparison: 4, '+': 5, '-': 5, '~': 6 },
  ...{ '*': 7, '/': 7, '//': 7, '%': 7, '**': 8, filter: 9, test: 9, sign: 10 },
  ...{ attribute: 11, item: 11, slice: 11, call: 11 },
};
const PRIMARY = 12;
const OPERAND = 11;

function levelOf(node: ast.Expression): number {
  if (node.type === 'binary') return LEVELS[node.operator]!;
  if (node.type === 'unary') return LEVELS[node.operator === 'not' ? 'not' : 'sign']!;
  return LEVELS[node.type] ?? PRIMARY;
}

export class Writer {
  /** @param s the whitespace that is written wherever some may be */
  constructor(private readonly s: string) {}

  block(nodes: readonly ast.Statement[]): string {
    return nodes.map((node) => this.statement(node)).join('');
  }

  private statement(node: ast.Statement): string {
    switch (node.type) {
      case 'text':
        return node.text;
      case 'print':
        return `{{${this.s}${this.expression(node.value)}${this.s}}}`;
      case 'for': {
        const { target, items, condition, isRecursive, body, otherwise } = node;
        const chosen = condition === undefined ? '' : ` if ${this.expression(condition)}`;
        const opening = `for ${this.target(target)} in ${this.expression(items, 1)}${chosen}`;
        const loop = this.tag(opening + (isRecursive ? ' recursive' : '')) + this.block(body);
        return loop + this.otherwise(otherwise) + this.tag('endfor');
      }
      case 'if':
        return this.tag(`if ${this.expression(node.test, 1)}`) + this.rest(node) + this.tag('endif');
      case 'set':
        return this.tag(`set ${this.target(node.target)} = ${this.expression(node.value)}`);
      case 'set block': {
        const filters = node.filters.map((filter) => ` | ${this.filter(filter)}`).join('');
        return this.around('set', `${this.target(node.target)}${filters}`, node.body);
      }
      case 'with': {
        const values = node.values.map(
          ({ target, value }) => `${this.target(target)} = ${this.expression(value)}`,
        );
        return this.around('with', values.join(', '), node.body);
      }
      case 'macro':
        return this.around('macro', node.name + this.parameters(node.parameters), node.body);
      case 'call block':
        return this.around(
          'call',
          `${this.parameters(node.parameters)} ${this.expression(node.call)}`,
          node.body,
        );
      case 'filter block':
        return this.around(
          'filter',
          node.filters.map((filter) => this.filter(filter)).join(' | '),
          node.body,
        );
    }
  }

  private tag(text: string): string {
    return `{%${this.s}${text}${this.s}%}`;
  }

  private around(name: string, head: string, body: readonly ast.Statement[]): string {
    return this.tag(`${name} ${head}`) + this.block(body) + this.tag(`end${name}`);
  }

  private otherwise(body: readonly ast.Statement[]): string {
    return body.length === 0 ? '' : this.tag('else') + this.block(body);
  }

  private rest({ body, otherwise }: ast.If): string {
    const [first, ...more] = otherwise;
    const isElif = first?.type === 'if' && more.length === 0;
    const end = isElif
      ? this.tag(`elif ${this.expression(first.test, 1)}`) + this.rest(first)
      : this.otherwise(otherwise);
    return this.block(body) + end;
  }

  private target(target: ast.Target, isInside = false): string {
    if (target.type === 'name') return target.name;
    if (target.type === 'attribute') return `${target.owner}.${target.name}`;
    const several = target.targets.map((each) => this.target(each, true)).join(', ');
    return isInside || target.targets.length === 1
      ? `(${several}${target.targets.length === 1 ? ',' : ''})`
      : several;
  }

  private parameters(parameters: readonly ast.Parameter[]): string {
    const each = parameters.map(({ name, otherwise }) =>
      otherwise === undefined ? name : `${name}=${this.expression(otherwise)}`,
    );
    return `(${each.join(', ')})`;
  }

  private filter({ name, args }: ast.FilterCall): string {
    return args.length === 0 ? name : name + this.args(args);
  }

  expression(node: ast.Expression, least = 0): string {
    const text = this.bare(node);
    return levelOf(node) < least ? `(${this.s}${text})` : text;
  }

  private bare(node: ast.Expression): string {
    const { s } = this;
    const level = levelOf(node);
    switch (node.type) {
      case 'constant':
        return typeof node.value === 'string' ? quoted(node.value) : String(node.value ?? 'none');
      case 'integer':
        return String(node.value);
      case 'float':
        return /[.e]/.test(String(node.value)) ? String(node.value) : `${String(node.value)}.0`;
      case 'name':
        return node.name;
      case 'list':
        return `[${this.several(node.items)}]`;
      case 'tuple':
        return `(${this.several(node.items)}${node.items.length === 1 ? ',' : ''})`;
      case 'dict': {
        const entries = node.entries.map(
          ([key, value]) => `${this.expression(key)}:${this.expression(value)}`,
        );
        return `{${entries.join(`,${s}`)}}`;
      }
      case 'unary':
        return `${node.operator} ${this.expression(node.operand, level)}`;
      case 'binary':
        return `${this.expression(node.left, level)} ${node.operator} ${this.expression(node.right, level + 1)}`;
      case 'comparison': {
        const rest = node.rest.map(
          ({ operator, operand }) => ` ${operator} ${this.expression(operand, level + 1)}`,
        );
        return this.expression(node.first, level + 1) + rest.join('');
      }
      case 'conditional': {
        // `a if b if c` is `(a if b) if c`, but what follows `else` reaches to the end.
        const { test, yes, no } = node;
        const isOpen = yes.type === 'conditional' && yes.no === undefined;
        const end = no === undefined ? '' : ` else ${this.expression(no)}`;
        return `${this.expression(yes, isOpen ? 0 : 1)} if ${this.expression(test, 1)}${end}`;
      }
      case 'attribute':
        return `${this.expression(node.object, OPERAND)}${s}.${s}${node.name}`;
      case 'item':
        return node.key.type === 'integer' && node.object.type === 'name'
          ? `${node.object.name}.${String(node.key.value)}`
          : `${this.expression(node.object, OPERAND)}[${this.expression(node.key)}]`;
      case 'slice': {
        const [start, stop, step] = [node.start, node.stop, node.step].map((bound) =>
          bound === undefined ? '' : this.expression(bound),
        );
        return `${this.expression(node.object, OPERAND)}[${start!}:${stop!}:${step!}]`;
      }
      case 'call':
        return this.expression(node.callee, OPERAND) + this.args(node.args);
      case 'filter':
        return `${this.expression(node.operand, level)}${s}|${s}${this.filter(node)}`;
      case 'test': {
        // Without brackets the test would take what follows for its argument.
        const head = `${this.expression(node.operand, level)} is ${node.isNegated ? 'not ' : ''}${node.name}`;
        const [only, ...more] = node.args;
        return only?.kind === 'positional' && only.value.type === 'integer' && more.length === 0
          ? `${head} ${String(only.value.value)}`
          : head + this.args(node.args);
      }
    }
  }

  private several(items: readonly ast.Expression[]): string {
    return items.map((item) => this.expression(item)).join(`${this.s},${this.s}`);
  }

  private args(args: readonly ast.Argument[]): string {
    const signs = { positional: '', list: '*', dict: '**' };
    const each = args.map((arg) =>
      arg.kind === 'named'
        ? `${arg.name}${this.s}=${this.expression(arg.value)}`
        : signs[arg.kind] + this.expression(arg.value),
    );
    return `(${each.join(`,${this.s}`)})`;
  }
}

/** Line ends are normalised in templates, so those that matter are escaped. */
const quoted = (text: string): string =>
  `'${text.replace(/['\\]/g, (character) => `\\${character}`).replaceAll('\r', '\\r')}'`;
