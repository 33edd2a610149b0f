import type { Class } from '../metadata';
import type { JsonSchema } from './json-schema';

/** A discriminator property, and its value for this class. */
export interface Tag {
  readonly property: string;
  readonly value: string;
}

interface Definition {
  readonly type: Class;
  readonly tag: Tag | undefined;
  readonly name: string;
}

/** The classes that a schema refers to, with unique names, since classes may share a name. */
export class Definitions {
  private readonly all: Definition[] = [];

  constructor(private readonly root: Class) {}

  /** A reference to a class, whose schema is added under `$defs` if it is not the root. */
  ref(type: Class, tag?: Tag): JsonSchema {
    if (type === this.root && tag === undefined) return { $ref: '#' };
    const known = this.all.find(
      (one) => one.type === type && one.tag?.property === tag?.property && one.tag?.value === tag?.value,
    );
    const { name } = known ?? this.add(type, tag);
    return { $ref: `#/$defs/${name}` };
  }

  /** The schemas of all referenced classes, including those that `write` references. */
  written(write: (type: Class, tag: Tag | undefined) => JsonSchema): Record<string, JsonSchema> {
    const schemas: Record<string, JsonSchema> = {};
    for (const { name, type, tag } of this.all) schemas[name] = write(type, tag);
    return schemas;
  }

  private add(type: Class, tag: Tag | undefined): Definition {
    const plainName = type.name.replace(/[^\w.-]/g, '_') || 'Anonymous';
    let name = plainName;
    for (let count = 2; this.all.some((one) => one.name === name); count += 1)
      name = plainName + String(count);
    const definition = { type, tag, name };
    this.all.push(definition);
    return definition;
  }
}
