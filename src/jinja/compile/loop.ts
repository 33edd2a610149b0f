import { JinjaError } from '../jinja-error';
import { equal } from '../values/operators';
import { Callable, Host, tuple, Undefined, type Kwargs, type Value } from '../values/values';

/** The variable `loop` inside a loop. It reads ahead only as far as needed. */
export class Loop extends Host {
  readonly type = 'LoopContext';
  readonly #source: Iterator<Value>;
  readonly #ahead: Value[] = [];
  readonly #depth: number;
  readonly #recurse: ((items: Value, depth: number) => string) | undefined;
  #index = -1;
  #previous: Value | undefined;
  #current: Value | undefined;
  #seen: Value | undefined;

  constructor(
    items: Iterable<Value>,
    depth: number,
    recurse: ((items: Value, depth: number) => string) | undefined,
  ) {
    super();
    this.#source = items[Symbol.iterator]();
    this.#depth = depth;
    this.#recurse = recurse;
  }

  /** The next item, `undefined` after the last. */
  advance(): Value | undefined {
    const next = this.#peek();
    if (next === undefined) return undefined;
    this.#ahead.shift();
    this.#previous = this.#current;
    this.#current = next;
    this.#index += 1;
    return next;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.#index + 1;
      case 'index0':
        return this.#index;
      case 'first':
        return this.#index === 0;
      case 'last':
        return this.#peek() === undefined;
      case 'length':
        return this.#length();
      case 'revindex':
        return this.#length() - this.#index;
      case 'revindex0':
        return this.#length() - this.#index - 1;
      case 'previtem':
        return orUndefined(this.#previous, 'there is no previous item');
      case 'nextitem':
        return orUndefined(this.#peek(), 'there is no next item');
      case 'depth':
        return this.#depth + 1;
      case 'depth0':
        return this.#depth;
      case 'cycle':
        return new Callable('cycle', (values) => {
          if (values.length === 0) throw new JinjaError('no items for cycling given');
          return values[this.#index % values.length] as Value;
        });
      case 'changed':
        return new Callable('changed', (values) => this.#changed(tuple(...values)));
      default:
        return undefined;
    }
  }

  override call(args: readonly Value[], kwargs: Kwargs): Value {
    const [items] = args;
    if (this.#recurse === undefined)
      throw new JinjaError("the loop must have the 'recursive' marker to be called");
    if (items === undefined || args.length > 1 || kwargs.size > 0)
      throw new JinjaError('loop() takes one argument');
    return this.#recurse(items, this.#depth + 1);
  }

  describe(): string {
    return `<LoopContext ${String(this.#index + 1)}/${String(this.#length())}>`;
  }

  #changed(values: Value): boolean {
    if (this.#seen !== undefined && equal(this.#seen, values)) return false;
    this.#seen = values;
    return true;
  }

  #length(): number {
    while (this.#read());
    return this.#index + 1 + this.#ahead.length;
  }

  #peek(): Value | undefined {
    if (this.#ahead.length === 0) this.#read();
    return this.#ahead[0];
  }

  #read(): boolean {
    const next = this.#source.next();
    if (next.done !== true) this.#ahead.push(next.value);
    return next.done !== true;
  }
}

// Does not use `??`, since None is null.
const orUndefined = (item: Value | undefined, message: string): Value =>
  item === undefined ? new Undefined(message) : item;
