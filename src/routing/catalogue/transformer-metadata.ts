import { createRequire } from 'node:module';
import type { Class } from '../../metadata';

/** The part of class-transformer's metadata that is used here; the package does not export it by name. */
interface Storage {
  findTypeMetadata(target: Class, property: string): TypeMetadata | undefined;
  findExcludeMetadata(target: Class, property: string): Visibility | undefined;
  findExposeMetadata(target: Class, property: string): Visibility | undefined;
}

interface TypeMetadata {
  typeFunction(help?: object): unknown;
  options?: { discriminator?: Discriminator | undefined } | undefined;
}

interface Visibility {
  options?: { name?: string | undefined; toPlainOnly?: boolean | undefined } | undefined;
}

/** Which class an object becomes, by the value of one of its properties. */
export interface Discriminator {
  readonly property: string;
  readonly subTypes: readonly { readonly name: string; readonly value: Class }[];
}

/** What class-transformer makes of a property of a payload. */
export interface Transformed {
  /** `undefined` where `@Type` does not name it, or only for a given object. */
  readonly type: unknown;
  readonly discriminator: Discriminator | undefined;
  /** What the property is called in the payload; `undefined` when `@Exclude` leaves it out. */
  readonly name: string | undefined;
}

let loaded: Storage | undefined;

function storage(): Storage {
  loaded ??= (
    createRequire(__filename)('class-transformer/cjs/storage') as { defaultMetadataStorage: Storage }
  ).defaultMetadataStorage;
  return loaded;
}

function typeOf(metadata: TypeMetadata | undefined): unknown {
  try {
    return metadata?.typeFunction({});
  } catch {
    return undefined; // It depends on the object.
  }
}

/** What `@Type`, `@Expose` and `@Exclude` say of a property, for the way from a payload to an object. */
export function transformed(target: Class, property: string): Transformed {
  const type = storage().findTypeMetadata(target, property);
  const exclude = storage().findExcludeMetadata(target, property);
  const expose = storage().findExposeMetadata(target, property)?.options;
  const isExcluded = exclude !== undefined && exclude.options?.toPlainOnly !== true;
  return {
    type: typeOf(type),
    discriminator: type?.options?.discriminator,
    name: isExcluded ? undefined : expose?.toPlainOnly === true ? property : (expose?.name ?? property),
  };
}
