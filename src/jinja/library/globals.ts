import { bind } from './bind';
import { pairs } from './collection-methods';
import { JinjaError } from '../jinja-error';
import { integer } from '../values/numbers';
import { dictKey } from '../values/operators';
import { dictText, str } from '../values/print';
import { Callable, Host, Namespace, View, type Kwargs, type Value } from '../values/values';

/** More iterations than any real widget needs. */
const MAX_RANGE = 100_000;

/** The global functions: those of Jinja2 except `lipsum`. */
export const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', new Callable('range', range)],
  ['dict', new Callable('dict', ([source = null], kwargs) => dictOf(source, kwargs))],
  ['namespace', new Callable('namespace', ([source = null], kwargs) => namespaceOf(source, kwargs))],
  [
    'joiner',
    new Callable('joiner', ([separator = ', '], kwargs) => new Joiner(kwargs.get('sep') ?? separator)),
  ],
  ['cycler', new Callable('cycler', (items) => new Cycler(items))],
]);

function range(args: readonly Value[], kwargs: Kwargs): Value {
  const [first, second, third] = bind('range', ['start', 'stop', 'step'], 1, args, kwargs);
  const [start, stop] =
    second === undefined ? [0, integer(first, 0)] : [integer(first, 0), integer(second, 0)];
  const step = integer(third, 1);
  if (step === 0) throw new JinjaError('range() arg 3 must not be zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_RANGE) throw new JinjaError(`range() of ${String(length)} numbers is too long`);
  const description = `range(${[start, stop, ...(step === 1 ? [] : [step])].join(', ')})`;
  return new View(
    'range',
    Array.from({ length }, (_, index) => start + index * step),
    description,
  );
}

const dictOf = (source: Value, kwargs: Kwargs): Map<Value, Value> =>
  new Map([...pairs(source), ...kwargs].map(([key, value]) => [dictKey(key), value]));

const namespaceOf = (source: Value, kwargs: Kwargs): Namespace =>
  new DescribedNamespace(new Map([...pairs(source), ...kwargs].map(([key, value]) => [str(key), value])));

class DescribedNamespace extends Namespace {
  override describe(): string {
    return `<Namespace ${dictText(this.values)}>`;
  }
}

/** `joiner(', ')`: returns an empty text at the first call, and the separator afterwards. */
class Joiner extends Host {
  readonly type = 'Joiner';
  readonly #separator: Value;
  #isUsed = false;

  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }

  describe(): string {
    return '<Joiner>';
  }

  override call(): Value {
    if (this.#isUsed) return this.#separator;
    this.#isUsed = true;
    return '';
  }
}

/** `cycler('odd', 'even')`: returns its items in turn. */
class Cycler extends Host {
  readonly type = 'Cycler';
  readonly #items: readonly Value[];
  #position = 0;

  constructor(items: readonly Value[]) {
    super();
    if (items.length === 0) throw new JinjaError('at least one item has to be provided');
    this.#items = items;
  }

  describe(): string {
    return '<Cycler>';
  }

  override attribute(name: string): Value | undefined {
    const current = this.#items[this.#position % this.#items.length];
    if (name === 'current') return current;
    if (name === 'next') {
      return new Callable('next', () => {
        const item = this.#items[this.#position % this.#items.length] as Value;
        this.#position += 1;
        return item;
      });
    }
    if (name !== 'reset') return undefined;
    return new Callable('reset', () => {
      this.#position = 0;
      return null;
    });
  }
}
