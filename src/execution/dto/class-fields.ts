import { listReader, type ListReader } from '../../decorators';
import type { Class } from '../../metadata';
import {
  discriminatorOf,
  payloadName,
  propertyOf,
  transformsOf,
  typeMetadata,
  visibilityOf,
  type Discriminator,
  type TransformFunction,
  type TypeMetadata,
} from './transformer-metadata';
import { rulesOf } from './property-rules';

/** How one name in a payload is read. */
export interface Field {
  /** The name in the payload. */
  readonly name: string;
  /** The name in the class. */
  readonly property: string;
  /** Whether the field is read: false with `@Exclude`, for a getter, or if the payload name is another. */
  readonly isTaken: boolean;
  readonly type: TypeMetadata | undefined;
  readonly discriminator: Discriminator | undefined;
  /** From `@FormList`. */
  readonly list: ListReader | undefined;
  readonly transforms: readonly TransformFunction[];
  /** Whether `@ValidateNested` is on it. */
  readonly isNested: boolean;
}

const known = new WeakMap<Class, ClassFields>();

/** The fields of a class; cached. */
export function fieldsOf(type: Class): ClassFields {
  let fields = known.get(type);
  if (fields === undefined) {
    fields = new ClassFields(type);
    known.set(type, fields);
  }
  return fields;
}

/** The metadata of class-transformer and class-validator for a class's fields, by payload name. */
export class ClassFields {
  /** Fields that are filled even if the payload lacks them: exposed ones with a `@Transform`. */
  readonly made: readonly Field[];
  /** By payload name. Only names that the class declares, since clients choose the others. */
  private readonly fields = new Map<string, Field>();
  private readonly names = new Map<string, string>();
  private readonly takes: (name: string) => boolean;

  constructor(private readonly type: Class) {
    const { exposed, takes } = visibilityOf(type);
    this.takes = takes;
    for (const property of rulesOf(type).keys()) {
      const name = payloadName(type, property);
      this.names.set(property, name);
      this.fields.set(name, this.read(name));
    }
    this.made = exposed
      .map((name) => this.any(name))
      .filter(({ isTaken, transforms }) => isTaken && transforms.length > 0);
  }

  /** The field of a name, if it has a validator. */
  find(name: string): Field | undefined {
    return this.fields.get(name);
  }

  /** The field of any name. */
  any(name: string): Field {
    return this.fields.get(name) ?? this.read(name);
  }

  /** The payload name of a property that has a validator. */
  nameOf(property: string): string {
    return this.names.get(property) ?? property;
  }

  private read(name: string): Field {
    const { type } = this;
    const property = propertyOf(type, name);
    const metadata = typeMetadata(type, property);
    const transforms = transformsOf(type, property);
    const list = transforms.map(listReader).find((each) => each !== undefined);
    return {
      name,
      property,
      isTaken: this.takes(name) && name === payloadName(type, property) && isWritable(type, property),
      type: metadata,
      discriminator: discriminatorOf(metadata),
      list,
      transforms: transforms.filter((each) => listReader(each) === undefined),
      isNested: (rulesOf(type).get(property)?.nested.length ?? 0) > 0,
    };
  }
}

/** Whether a property can be assigned to: methods and getters without a setter cannot. */
function isWritable(type: Class, property: string): boolean {
  let prototype: unknown = type.prototype;
  while (typeof prototype === 'object' && prototype !== null) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
    if (descriptor !== undefined) return descriptor.set !== undefined;
    prototype = Object.getPrototypeOf(prototype);
  }
  return true;
}
