import { z } from 'zod';
import { holdPromises } from '../errors';
import type { Attachment } from './attachments';
import { invalid, issuesOf } from './check';
import type { ThreadStreamEvent } from './events';
import type { ThreadItem } from './items';
import { attachmentSchema, uploadDescriptorSchema } from './schemas/attachments';
import { defaultsOf } from './schemas/defaults';
import { threadStreamEventSchema } from './schemas/events';
import { threadItemSchema } from './schemas/items';
import { storedThreadSchema, threadSchema, threadStatusSchema } from './schemas/threads';
import type { ThreadMetadata, ThreadStatus } from './threads';

/*
 * Only what the protocol defines is stored and sent, and fields that the wire always carries are stored too.
 * Every value from a handler or a store is made to conform once, where it enters. After that, a copy that is
 * kept, the stored value and the sent value are the same.
 */

/**
 * Makes a value conform to the protocol: missing defaults are added, and unknown fields are removed. A value
 * that already conforms, as most do, is returned without a copy.
 *
 * @throws NotOfTheProtocol if the type is not in the protocol, or if a value is not the object, array or
 *   scalar that the protocol expects
 */
type Conform = (value: unknown) => unknown;

/** Has no message, since the schemas can say what is wrong and where. */
class NotOfTheProtocol extends Error {}

type Fields = Record<string, unknown>;

/** The app's own data, which is not read. */
const free: Conform = (value) => value;

const scalar: Conform = (value) => {
  const plain = asJson(value);
  if (typeof plain === 'object' && plain !== null) throw new NotOfTheProtocol();
  return plain;
};

/** Compiles each schema once. */
class Conformers {
  private readonly made = new Map<z.ZodType, Conform>();

  /** @param skip Whether fields and elements that cannot be made to conform are left out. */
  constructor(private readonly skip: boolean) {}

  /** Sets how values of a schema are made to conform, instead of compiling the schema. */
  set(schema: z.ZodType, conform: Conform): void {
    this.made.set(schema, conform);
  }

  of(schema: z.ZodType): Conform {
    let conform = this.made.get(schema);
    if (conform === undefined) {
      conform = this.compile(schema);
      this.made.set(schema, conform);
    }
    return conform;
  }

  private compile(schema: z.ZodType): Conform {
    if (schema instanceof z.ZodOptional) return this.of(schema.unwrap() as z.ZodType);
    if (schema instanceof z.ZodObject) return this.object(schema);
    if (schema instanceof z.ZodArray) return this.array(this.of(schema.element as z.ZodType));
    if (schema instanceof z.ZodDiscriminatedUnion) return this.byType(schema.options as z.ZodObject[]);
    if (schema instanceof z.ZodUnion) return this.byRequired(schema.options as z.ZodObject[]);
    const isFree =
      schema instanceof z.ZodCustom || schema instanceof z.ZodUnknown || schema instanceof z.ZodRecord;
    return isFree ? free : scalar;
  }

  private object(schema: z.ZodObject): Conform {
    const shape = Object.entries(schema.shape).map(
      ([key, field]) => [key, this.of(field as z.ZodType)] as const,
    );
    const fields = Object.assign(
      Object.create(null) as Record<string, Conform>,
      Object.fromEntries(shape.map(([key, conform]) => [key, this.inside(conform)])),
    );
    const defaults = defaultsOf(schema);
    const filled = Object.keys(defaults);
    const required = requiredKeys(schema);
    const needed = shape
      .filter(([key, conform]) => required.includes(key) && !filled.includes(key) && !isLeaf(conform))
      .map(([key]) => key);
    return (value) => {
      const source = asObject(value);
      const known = withoutUnknown(source, fields);
      for (const key of needed) if (isMissing(known[key])) throw new NotOfTheProtocol();
      let copy: Fields | undefined;
      for (const key of filled) {
        if (!isMissing(known[key])) continue;
        copy ??= known === source ? { ...known } : known;
        copy[key] = fresh(defaults[key]);
      }
      return copy ?? known;
    };
  }

  private array(element: Conform): Conform {
    if (element === free) return asArray;
    const each = this.inside(element);
    return (value) => {
      const source = asArray(value);
      let copy: unknown[] | undefined;
      for (let index = 0; index < source.length; index += 1) {
        const conforming = each(source[index]);
        if (conforming !== source[index]) copy ??= source.slice(0, index);
        if (conforming !== SKIPPED) copy?.push(conforming);
      }
      return copy ?? source;
    };
  }

  private inside(conform: Conform): Conform {
    return this.skip && conform !== free ? orSkip(conform) : conform;
  }

  private byType(options: readonly z.ZodObject[]): Conform {
    const byType = new Map<unknown, Conform>();
    for (const option of options) {
      const { type } = option.shape as { type: z.ZodLiteral | z.ZodEnum };
      const types = type instanceof z.ZodLiteral ? [...type.values] : type.options;
      for (const name of types) byType.set(name, this.of(option));
    }
    return (value) => {
      const source = asObject(value);
      const conform = byType.get(source['type']);
      if (conform === undefined) throw new NotOfTheProtocol();
      return conform(source);
    };
  }

  /** As in the reference implementation: the first option whose required fields are all present. */
  private byRequired(options: readonly z.ZodObject[]): Conform {
    const choices = options.map((option) => ({ keys: requiredKeys(option), conform: this.of(option) }));
    return (value) => {
      const source = asObject(value);
      const chosen = choices.find(({ keys }) => keys.every((key) => !isMissing(source[key])));
      if (chosen === undefined) throw new NotOfTheProtocol();
      return chosen.conform(source);
    };
  }
}

const SKIPPED = Symbol('skipped');

/** Whether the parts of a value are not checked. */
function isLeaf(conform: Conform): boolean {
  return conform === free || conform === scalar;
}

function orSkip(conform: Conform): Conform {
  return (value) => {
    try {
      return conform(value);
    } catch (error) {
      if (error instanceof NotOfTheProtocol) return SKIPPED;
      throw error;
    }
  };
}

/** The object itself, or a copy with only the known fields. */
function withoutUnknown(source: Fields, fields: Readonly<Record<string, Conform>>): Fields {
  let copy: Fields | undefined;
  for (const key in source) {
    const conform = fields[key];
    if (conform === free) continue;
    if (conform === undefined) {
      holdPromises(source[key]); // nothing else reads this value
      copy ??= { ...source };
      Reflect.deleteProperty(copy, key);
      continue;
    }
    const given = source[key];
    if (given === undefined || given === null) continue;
    if (typeof given !== 'object' && isLeaf(conform)) continue;
    const conforming = conform(given);
    if (conforming === SKIPPED) Reflect.deleteProperty((copy ??= { ...source }), key);
    else if (conforming !== given) (copy ??= { ...source })[key] = conforming;
  }
  return copy ?? source;
}

/** Returns a copy, so that no caller can change the default itself. */
function fresh(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? [...(value as unknown[])] : { ...value };
}

function requiredKeys(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([, field]) => !(field instanceof z.ZodOptional))
    .map(([key]) => key);
}

function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** The result of the value's `toJSON()`, as for a Date, or the value itself. */
export function asJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON === 'function' ? (toJSON.call(value, '') as unknown) : value;
}

function asObject(value: unknown): Fields {
  const plain = asJson(value);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) throw new NotOfTheProtocol();
  return plain as Fields;
}

function asArray(value: unknown): unknown[] {
  const plain = asJson(value);
  if (!Array.isArray(plain)) throw new NotOfTheProtocol();
  return plain;
}

/** For values that the app creates: a value that cannot be made to conform is an error in the app. */
const strict = new Conformers(false);
/** For values from a store, possibly written by another version: unknown parts are left out. */
const lenient = new Conformers(true);
// Hidden items are left out of a thread when it is written.
strict.set(threadSchema, strict.of(storedThreadSchema));

function conform<T>(schema: z.ZodType, value: T, what: string): T {
  try {
    return strict.of(schema)(value) as T;
  } catch (error) {
    if (error instanceof NotOfTheProtocol) throw invalid(what, value, issuesOf(schema, value));
    throw error;
  }
}

/**
 * Returns the item with missing defaults added and unknown fields removed. An item that already conforms is
 * returned as it is.
 *
 * @throws DeveloperError `invalid_event` for types that the protocol does not have
 */
export function conformItem<T extends ThreadItem>(item: T): T {
  return conform(threadItemSchema, item, `"${item.type}" item`);
}

/** @see conformItem */
export function conformEvent<E extends ThreadStreamEvent>(event: E): E {
  return conform(threadStreamEventSchema, event, 'event');
}

/** @see conformItem */
export function conformAttachment(attachment: Attachment): Attachment {
  return conform(attachmentSchema, attachment, 'attachment');
}

/** Makes a patch of an attachment conform. The store leaves out fields that an attachment does not have. */
export function conformAttachmentPatch<P extends Partial<Attachment>>(patch: P): P {
  if (patch.upload_descriptor === undefined) return patch;
  const descriptor = conform(uploadDescriptorSchema, patch.upload_descriptor, 'upload descriptor');
  return { ...patch, upload_descriptor: descriptor };
}

/** Makes a patch of a thread conform. The store leaves out fields that a thread does not have. */
export function conformPatch<P extends { status?: ThreadStatus | undefined }>(patch: P): P {
  if (patch.status === undefined) return patch;
  const status = conform(threadStatusSchema, patch.status, 'thread status');
  return status === patch.status ? patch : { ...patch, status };
}

/** An item from a store, without its unknown parts; `undefined` if its type is unknown. */
export function knownItem<T extends ThreadItem>(item: T): T | undefined {
  try {
    return lenient.of(threadItemSchema)(item) as T;
  } catch (error) {
    if (error instanceof NotOfTheProtocol) return undefined;
    throw error;
  }
}

/** The fields of a thread from a store, without the unknown ones. */
export function knownHead(thread: ThreadMetadata): ThreadMetadata {
  return lenient.of(storedThreadSchema)(thread) as ThreadMetadata;
}
