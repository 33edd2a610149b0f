import { isRecord } from '../../protocol';
import { isIdentifier, pascalCase, quoted } from './source-text';

type Sample = Readonly<Record<string, unknown>>;

/** A field without its name: its decorators and its type. */
interface FieldShape {
  readonly decorators: string;
  readonly type: string;
}

const ANYTHING: FieldShape = { decorators: '@Allow()', type: 'unknown' };
const SCALARS: Readonly<Record<string, FieldShape & { readonly each: string }>> = {
  string: { type: 'string', decorators: '@IsString()', each: '@IsString({ each: true })' },
  number: { type: 'number', decorators: '@IsNumber()', each: '@IsNumber({}, { each: true })' },
  boolean: { type: 'boolean', decorators: '@IsBoolean()', each: '@IsBoolean({ each: true })' },
};

/** More levels than any payload written by hand. */
const MAX_DEPTH = 16;

/** Drafts class-validator classes from example values. */
export class PayloadClasses {
  /** The classes as TypeScript, each after the classes that it refers to. */
  readonly sources: string[] = [];
  private readonly taken = new Set<string>();

  /** Adds a class for these objects. Returns its name, or `undefined` if no object has a field. */
  add(wanted: string, samples: readonly Sample[], depth = 0): string | undefined {
    const keys = [...new Set(samples.flatMap((sample) => Object.keys(sample)))].filter(
      (key) => !(key in Object.prototype), // class-validator does not support these names
    );
    if (keys.length === 0) return undefined;
    const name = this.free(wanted);
    const fields = keys.map((key) => {
      const values = samples.map((sample) => sample[key]).filter((value) => value !== undefined);
      const { decorators, type } = this.shape(`${wanted}${pascalCase(key)}`, values, depth);
      const optional = values.length < samples.length;
      const property = isIdentifier(key) ? key : quoted(key);
      return `  ${optional ? '@IsOptional() ' : ''}${decorators} ${property}${optional ? '?' : '!'}: ${type};`;
    });
    this.sources.push([`class ${name} {`, ...fields, '}'].join('\n'));
    return name;
  }

  private shape(name: string, values: readonly unknown[], depth: number): FieldShape {
    const scalar = scalarOf(values);
    if (scalar !== undefined) return scalar;
    if (depth >= MAX_DEPTH) return ANYTHING;
    if (values.every(Array.isArray)) return this.list(name, values.flat(), depth);
    if (!values.every(isRecord)) return ANYTHING;
    const type = this.add(name, values, depth + 1);
    if (type === undefined) return { decorators: '@IsObject()', type: 'Record<string, unknown>' };
    return { decorators: `@ValidateNested() @Type(() => ${type})`, type };
  }

  private list(name: string, elements: readonly unknown[], depth: number): FieldShape {
    const scalar = scalarOf(elements);
    if (scalar !== undefined) return { decorators: scalar.each, type: `${scalar.type}[]` };
    const type =
      elements.length > 0 && elements.every(isRecord) ? this.add(name, elements, depth + 1) : undefined;
    if (type === undefined) return { decorators: '@IsArray()', type: 'unknown[]' };
    return {
      decorators: `@IsArray() @ValidateNested({ each: true }) @Type(() => ${type})`,
      type: `${type}[]`,
    };
  }

  private free(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count += 1) name = `${wanted}${String(count)}`;
    this.taken.add(name);
    return name;
  }
}

function scalarOf(values: readonly unknown[]): (typeof SCALARS)[string] | undefined {
  const [kind, ...others] = new Set(values.map((value) => typeof value));
  return kind === undefined || others.length > 0 ? undefined : SCALARS[kind];
}
