import { JinjaError } from '../jinja-error';
import { type For, type If, type Statement } from './ast';
import { TargetParser } from './target-parser';
import { endFor, unclosed, unknownTag } from './tag-errors';

/** A tag that needs a closing tag. */
interface Opened {
  readonly name: string;
  readonly line: number;
}

/** Parses a template: texts, and one method for each tag. */
export class StatementParser extends TargetParser {
  template(): Statement[] {
    return this.#statements(undefined);
  }

  /** Parses all statements before one of these tags, without consuming the tag. */
  #statements(opened: Opened | undefined, ...ends: readonly string[]): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      const { type, value, line } = this.current;
      if (type === 'text') {
        this.next();
        statements.push({ type: 'text', text: value, line });
      } else if (type === '{{') {
        this.next();
        statements.push({ type: 'print', value: this.tuple(), line });
        this.expect('}}', 'an operator or "}}"');
      } else if (type === '{%') {
        if (this.opens(...ends)) return statements;
        this.next();
        statements.push(...this.#tag(opened));
      } else {
        if (opened === undefined) return statements;
        throw unclosed(opened, 'end of the template', line);
      }
    }
  }

  #tag(outer: Opened | undefined): Statement[] {
    const { line, value } = this.current;
    const name = this.name('the name of a tag', true);
    switch (name) {
      case 'for':
        return [this.#for(line)];
      case 'if':
        return [this.#if(line, { name, line })];
      case 'set':
        return [this.#set(line)];
      case 'with':
        return [this.#with(line)];
      case 'macro':
        return [this.#macro(line)];
      case 'call':
        return [this.#call(line)];
      case 'filter':
        return [this.#filterBlock(line)];
      case 'print':
        return this.#print();
      default:
        throw unknownTag(value, outer, line);
    }
  }

  /** The body of a tag that only its end tag closes. */
  #body(name: string, line: number): Statement[] {
    this.#startBody();
    const statements = this.nested(() => this.#statements({ name, line }, endFor(name)));
    this.#end();
    return statements;
  }

  /** As in Python, a colon is allowed before a body. */
  #startBody(): void {
    this.skip(':');
    this.expect('%}', 'an operator or "%}"');
  }

  #end(): void {
    this.next();
    this.next();
    this.expect('%}');
  }

  #for(line: number): For {
    const target = this.target();
    this.expect('in');
    const items = this.tuple(() => this.unconditional(), 'recursive');
    const condition = this.skip('if') ? this.expression() : undefined;
    const isRecursive = this.skip('recursive');
    this.#startBody();
    const opened = { name: 'for', line };
    const body = this.nested(() => this.#statements(opened, 'else', 'endfor'));
    const otherwise = this.opens('else') ? this.#else(opened) : [];
    this.#end();
    return { type: 'for', target, items, condition, isRecursive, body, otherwise, line };
  }

  #else(opened: Opened): Statement[] {
    this.next();
    this.next();
    this.#startBody();
    return this.nested(() => this.#statements(opened, endFor(opened.name)));
  }

  #if(line: number, opened: Opened): If {
    const test = this.tuple(() => this.unconditional());
    this.#startBody();
    const body = this.nested(() => this.#statements(opened, 'elif', 'else', 'endif'));
    const node = { type: 'if', test, body, line } as const;
    if (this.opens('elif')) {
      this.next();
      const { line: lineOfElif } = this.next();
      return { ...node, otherwise: [this.#if(lineOfElif, opened)] };
    }
    const otherwise = this.opens('else') ? this.#else(opened) : [];
    this.#end();
    return { ...node, otherwise };
  }

  #set(line: number): Statement {
    const target = this.target(true);
    if (this.skip('=')) {
      const value = this.tuple();
      this.expect('%}', 'an operator or "%}"');
      return { type: 'set', target, value, line };
    }
    if (!this.is('|', ':', '%}')) this.expect('=', '"=", "|" or "%}"');
    const filters = this.filters();
    return { type: 'set block', target, filters, body: this.#body('set', line), line };
  }

  #with(line: number): Statement {
    const values = [];
    while (!this.is(':', '%}')) {
      const target = this.target();
      this.expect('=');
      values.push({ target, value: this.expression() });
      if (!this.skip(',')) break;
    }
    return { type: 'with', values, body: this.#body('with', line), line };
  }

  #macro(line: number): Statement {
    const name = this.variable();
    const parameters = this.parameters();
    return { type: 'macro', name, parameters, body: this.#body('macro', line), line };
  }

  #call(line: number): Statement {
    const parameters = this.is('(') ? this.parameters() : [];
    const call = this.expression();
    if (call.type !== 'call') throw new JinjaError('a "call" calls a macro: {% call name() %}', line);
    return { type: 'call block', call, parameters, body: this.#body('call', line), line };
  }

  #filterBlock(line: number): Statement {
    const filters = [this.filterCall(), ...this.filters()];
    return { type: 'filter block', filters, body: this.#body('filter', line), line };
  }

  /** `{% print a, b %}` is `{{ a }}{{ b }}`. */
  #print(): Statement[] {
    const printed: Statement[] = [];
    while (!this.is('%}')) {
      const { line } = this.current;
      printed.push({ type: 'print', value: this.expression(), line });
      if (!this.skip(',')) break;
    }
    this.expect('%}', '"," or "%}"');
    return printed;
  }
}
