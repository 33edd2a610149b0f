import { JinjaError } from '../jinja-error';

/*
 * Python's values in templates. JSON values represent themselves: null is None, an integral number is an int,
 * any other number a float, an array a list, and a Map a dict. JavaScript's `undefined` is never a value: it
 * means that there is none.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | Dict
  | Float
  | Markup
  | Undefined
  | Iter
  | View
  | Host;

export type List = Value[];
export type Dict = Map<Value, Value>;
export type Kwargs = Map<string, Value>;

/** A float without a fraction. As a plain number it would be an int. */
export class Float {
  constructor(readonly value: number) {}
}

export const float = (value: number): Value => (Number.isInteger(value) ? new Float(value) : value);

/** Text that is marked as safe HTML. Text that is added to it is escaped, as in Python. */
export class Markup {
  constructor(readonly text: string) {}
}

export class Tuple extends Array<Value> {}

export function tuple(...items: readonly Value[]): Tuple {
  const made = new Tuple();
  made.push(...items); // the constructor would treat a single number as the length
  return made;
}

/**
 * The value of an undefined name, attribute or item. Every operation on it fails. In Jinja2, only the result
 * of an `if` without `else` is lenient: it counts as empty.
 */
export class Undefined {
  constructor(
    readonly message: string,
    readonly isLenient = false,
    private line?: number,
  ) {}

  /** Sets the line where the value was read, since the mistake is there, wherever it is noticed. */
  at(line: number): this {
    this.line ??= line;
    return this;
  }

  /** The result of an operation that treats the value as empty. */
  orEmpty<T>(empty: T): T {
    return this.isLenient ? empty : this.fail();
  }

  fail(): never {
    throw new JinjaError(this.message, this.line);
  }
}

/** The result of many filters: a sequence without a length that can be iterated once. */
export class Iter {
  constructor(readonly iterator: IterableIterator<Value>) {}
}

/** The result of `items()`, `keys()`, `values()` and `range()`. */
export class View {
  constructor(
    readonly type: 'dict_items' | 'dict_keys' | 'dict_values' | 'range',
    readonly items: readonly Value[],
    readonly description?: string,
  ) {}
}

/** An object with its own attributes: a namespace, `loop`, a function. */
export abstract class Host {
  abstract readonly type: string;
  abstract describe(): string;

  /** Returns `undefined` if there is no such attribute. */
  attribute?(name: string): Value | undefined;
  call?(args: readonly Value[], kwargs: Kwargs): Value;
}

export class Callable extends Host {
  readonly type: string = 'function';
  readonly #run: (args: readonly Value[], kwargs: Kwargs) => Value;

  constructor(
    readonly name: string,
    run: (args: readonly Value[], kwargs: Kwargs) => Value,
  ) {
    super();
    this.#run = run;
  }

  describe(): string {
    return `<function ${this.name}>`;
  }

  override call(args: readonly Value[], kwargs: Kwargs): Value {
    return this.#run(args, kwargs);
  }
}

export class Namespace extends Host {
  readonly type = 'Namespace';

  constructor(readonly values: Map<string, Value>) {
    super();
  }

  describe(): string {
    return '<Namespace>';
  }

  override attribute(name: string): Value | undefined {
    return this.values.get(name);
  }
}

export const isList = (value: Value): value is List => Array.isArray(value) && !(value instanceof Tuple);
export const isText = (value: Value): value is string | Markup =>
  typeof value === 'string' || value instanceof Markup;
export const isNumber = (value: Value): value is boolean | number | Float =>
  typeof value === 'number' || typeof value === 'boolean' || value instanceof Float;
export const isFloat = (value: Value): boolean =>
  value instanceof Float || (typeof value === 'number' && !Number.isInteger(value));

export const toNumber = (value: boolean | number | Float): number =>
  value instanceof Float ? value.value : Number(value);

/** The name of a value's type in Python. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (isFloat(value)) return 'float';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'str';
  if (value instanceof Tuple) return 'tuple';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'dict';
  if (value instanceof Markup) return 'Markup';
  if (value instanceof Undefined) return 'StrictUndefined';
  if (value instanceof Iter) return 'generator';
  return (value as View | Host).type;
}

/** The characters of a text as Python counts them: code points, not UTF-16 units. */
export const characters = (text: string): readonly string[] => Array.from(text);

/** Whether each UTF-16 unit is a code point, as in most texts. Positions then need no counting. */
export const isSimple = (text: string): boolean => !/[\ud800-\udfff]/.test(text);

const countCharacters = (text: string): number => (isSimple(text) ? text.length : characters(text).length);

export const characterAt = (text: string, index: number): string | undefined =>
  (isSimple(text) ? text : characters(text)).at(index);

/** The elements of an iterable value. */
export function iterate(value: Value): Iterable<Value> {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value as readonly Value[];
  if (value instanceof Map) return value.keys();
  if (value instanceof Iter) return value.iterator;
  if (value instanceof View) return value.items;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return value.orEmpty([]);
  throw new JinjaError(`'${typeName(value)}' object is not iterable`);
}

export function lengthOf(value: Value): number {
  if (isText(value)) return countCharacters(plainText(value));
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  if (value instanceof View) return value.items.length;
  if (value instanceof Undefined) return value.orEmpty(0);
  throw new JinjaError(`object of type '${typeName(value)}' has no len()`);
}

export const plainText = (value: string | Markup): string => (typeof value === 'string' ? value : value.text);
