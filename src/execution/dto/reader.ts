import { ChatError, held, holdPromises } from '../../errors';
import { isClass, type Class } from '../../metadata';
import { isRecord } from '../../protocol';
import { fieldsOf, type Field } from './class-fields';
import { conversionTo, copyOf, type JsonObject } from './convert';
import { type Findings } from './findings';
import type { Place } from './place';
import { PLAIN_TO_CLASS, type Discriminator } from './transformer-metadata';

/** The `options` passed to `@Transform` functions; independent of class-transformer's defaults. */
const OPTIONS = Object.freeze({
  enableImplicitConversion: false,
  enableCircularCheck: false,
  excludeExtraneousValues: false,
  exposeDefaultValues: false,
  exposeUnsetFields: true,
  ignoreDecorators: false,
});

/** Types that do not describe an object's fields: the received value is copied. */
const PLAIN: ReadonlySet<unknown> = new Set<unknown>([Object, Array, Set, Map, Function, Promise]);

const NO_KEYS: readonly string[] = [];

/** The discriminator property of an object. */
interface Tag {
  readonly name: string;
  readonly isKept: boolean;
}

/** A field that is being read. */
interface Reading {
  readonly field: Field;
  readonly made: object;
  readonly from: JsonObject;
  /** Whether nested objects leave out names without a validator. */
  readonly strict: boolean;
}

/**
 * Makes objects from a payload by class-transformer's decorators, and records the received keys, which
 * the objects do not show. class-transformer itself is not used: it makes an object of the base class
 * if a discriminator is unknown, overwrites defaults, and deletes keys from the payload, which handlers
 * see too.
 */
export class Reader {
  /** Properties that could not be read and have an issue already, so they are not validated. */
  private readonly failed = new Map<object, Set<string>>();
  private readonly unknownKeys = new Map<object, readonly string[]>();

  constructor(private readonly findings: Findings) {}

  /** The received names that an object's class does not declare; `undefined` for objects not made here. */
  unknownKeysOf(made: object): readonly string[] | undefined {
    return this.unknownKeys.get(made);
  }

  isFailed(made: object, property: string): boolean {
    return this.failed.get(made)?.has(property) === true;
  }

  /**
   * Makes an object of a class.
   *
   * @param strict whether names without a validator are left out
   * @param tag the discriminator property: a known name even without a validator
   */
  object(type: Class, from: JsonObject, place: Place | undefined, strict: boolean, tag?: Tag): object {
    const fields = fieldsOf(type);
    const made = new type() as JsonObject;
    let unknown: string[] | undefined;
    for (const name of Object.keys(from)) {
      const isTag = name === tag?.name;
      if (isTag && !tag.isKept) continue;
      const field = strict ? fields.find(name) : fields.any(name);
      if (field !== undefined) this.fill({ field, made, from, strict }, place);
      else if (isTag) made[name] = from[name];
      else (unknown ??= []).push(name);
    }
    for (const field of fields.made) {
      if (!Object.hasOwn(from, field.name)) this.fill({ field, made, from, strict }, place);
    }
    this.unknownKeys.set(made, unknown ?? NO_KEYS);
    return made;
  }

  private fill(reading: Reading, parent: Place | undefined): void {
    const { field, from } = reading;
    const { name, property, transforms } = field;
    const made = reading.made as JsonObject;
    if (!field.isTaken || typeof made[property] === 'function') return;
    const place = { parent, key: name };
    try {
      let value = this.value(from[name], reading, place);
      for (const transform of transforms) {
        value = transform({ value, key: property, obj: from, type: PLAIN_TO_CLASS, options: OPTIONS });
        holdPromises(value);
      }
      // A missing value leaves the class's default in place.
      if (value !== undefined || Object.hasOwn(from, name)) made[property] = value;
    } catch (error) {
      if (error instanceof ChatError) throw error; // made for users
      this.findings.refuse(error, place);
      this.fail(made, property);
    }
  }

  private value(given: unknown, reading: Reading, place: Place): unknown {
    const { list, type } = reading.field;
    const value = list?.entries(given) ?? given;
    const convert = list?.convert();
    if (convert !== undefined && Array.isArray(value)) return value.map(convert);
    if (type === undefined) return copyOf(value);
    const { made, from, field } = reading;
    const target =
      field.discriminator ??
      held(type.typeFunction?.({ newObject: made, object: from, property: field.property })) ??
      type.reflectedType;
    if (Array.isArray(value)) {
      const entries = value.map((entry, key) => this.entry(entry, target, reading, { parent: place, key }));
      return collected(entries, type.reflectedType);
    }
    if (isRecord(value) && (type.reflectedType === Map || target === Map)) {
      const of = target === Map ? undefined : target;
      const entries = Object.entries(value).map(
        ([key, entry]) => [key, this.entry(entry, of, reading, { parent: place, key })] as const,
      );
      return new Map(entries);
    }
    return this.entry(value, target, reading, place);
  }

  private entry(value: unknown, target: unknown, reading: Reading, place: Place): unknown {
    if (Array.isArray(value)) {
      return value.map((each, key) => this.entry(each, target, reading, { parent: place, key }));
    }
    const convert = conversionTo(target);
    if (convert !== undefined) return convert(copyOf(value));
    if (!isRecord(value)) return value;
    const { field, strict } = reading;
    const { discriminator } = field;
    if (discriminator !== undefined && target === discriminator) {
      return this.subtype(value, discriminator, reading, place);
    }
    if (!isClass(target) || PLAIN.has(target)) return copyOf(value);
    return this.object(target, value, place, strict && field.isNested);
  }

  private subtype(
    value: JsonObject,
    { property, subTypes }: Discriminator,
    { field, made, strict }: Reading,
    place: Place,
  ): unknown {
    const subtype = subTypes.find(({ name }) => name === value[property]);
    if (subtype === undefined) {
      const allowed = subTypes.map(({ name }) => name).join(', ');
      const message = `${property} must be one of the following values: ${allowed}`;
      this.findings.add({ parent: place, key: property }, 'isIn', message);
      this.fail(made, field.property);
      return undefined;
    }
    // If the class validates the discriminator it must be kept, else every payload would be invalid.
    const isKept =
      field.type?.options?.keepDiscriminatorProperty === true ||
      fieldsOf(subtype.value).find(property) !== undefined;
    return this.object(subtype.value, value, place, strict && field.isNested, { name: property, isKept });
  }

  private fail(made: object, property: string): void {
    const others = this.failed.get(made);
    if (others === undefined) this.failed.set(made, new Set([property]));
    else others.add(property);
  }
}

/** Puts entries into a collection of the property's type (array, Set, or a subclass). */
function collected(entries: unknown[], type: unknown): unknown {
  if (type === Set || (isClass(type) && type.prototype instanceof Set)) {
    return new (type as new (entries: unknown[]) => unknown)(entries);
  }
  if (!isClass(type) || !(type.prototype instanceof Array)) return entries;
  const list = new (type as new () => unknown[])();
  list.push(...entries);
  return list;
}
