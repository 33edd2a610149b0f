import { createRequire } from 'node:module';
import { held } from '../../errors';
import { classTransformer, type Class, type TransformParams } from '../../metadata';

/** The part of class-transformer's metadata that is used here; the package does not export it by name. */
interface Storage {
  findTypeMetadata(target: Class, property: string): TypeMetadata | undefined;
  findTransformMetadatas(target: Class, property: string, way: number): TransformMetadata[];
  findExcludeMetadata(target: Class, property: string): Visibility | undefined;
  findExposeMetadata(target: Class, property: string): Visibility | undefined;
  findExposeMetadataByCustomName(target: Class, name: string): Visibility | undefined;
  getExposedProperties(target: Class, way: number): string[];
  getExcludedProperties(target: Class, way: number): string[];
  getStrategy(target: Class): 'none' | 'exposeAll' | 'excludeAll';
}

export interface TypeMetadata {
  typeFunction?(help: { newObject: object; object: object; property: string }): unknown;
  /** What the compiler emitted as the property's type. */
  reflectedType?: unknown;
  options?: { discriminator?: Discriminator | undefined; keepDiscriminatorProperty?: boolean | undefined };
}

export type TransformFunction = (params: TransformParams) => unknown;

interface TransformMetadata {
  transformFn: TransformFunction;
  options?: { groups?: readonly string[] | undefined } | undefined;
}

interface Visibility {
  propertyName?: string | undefined;
  options?:
    | {
        name?: string | undefined;
        toPlainOnly?: boolean | undefined;
        groups?: readonly string[] | undefined;
      }
    | undefined;
}

/** Which class an object becomes, by the value of one of its properties. */
export interface Discriminator {
  readonly property: string;
  readonly subTypes: readonly { readonly name: string; readonly value: Class }[];
}

/** How class-transformer's decorators map a property. */
export interface Transformed {
  /** `undefined` without `@Type`, or if its function needs the object. */
  readonly type: unknown;
  readonly discriminator: Discriminator | undefined;
  /** The property's name in the payload; `undefined` with `@Exclude`. */
  readonly name: string | undefined;
}

/** class-transformer's `TransformationType.PLAIN_TO_CLASS`. */
export const PLAIN_TO_CLASS = 0;

let loaded: Storage | undefined;

function storage(): Storage {
  if (loaded === undefined) {
    classTransformer(); // throws an error that says what to install, if it is missing
    const load = createRequire(__filename);
    loaded = (load('class-transformer/cjs/storage') as { defaultMetadataStorage: Storage })
      .defaultMetadataStorage;
  }
  return loaded;
}

function typeOf(metadata: TypeMetadata | undefined): unknown {
  try {
    return held(metadata?.typeFunction?.({ newObject: {}, object: {}, property: '' }));
  } catch {
    return undefined; // the type depends on the object
  }
}

/** Reads `@Type`, `@Expose` and `@Exclude` of a property, for the direction from payload to object. */
export function transformed(target: Class, property: string): Transformed {
  const type = storage().findTypeMetadata(target, property);
  const exclude = storage().findExcludeMetadata(target, property);
  const isExcluded = exclude !== undefined && exclude.options?.toPlainOnly !== true;
  return {
    type: typeOf(type),
    discriminator: discriminatorOf(type),
    name: isExcluded ? undefined : payloadName(target, property),
  };
}

/** The property's name in the payload. */
export function payloadName(target: Class, property: string): string {
  const expose = storage().findExposeMetadata(target, property)?.options;
  return expose?.toPlainOnly === true ? property : (expose?.name ?? property);
}

export function discriminatorOf(type: TypeMetadata | undefined): Discriminator | undefined {
  return type?.options?.discriminator;
}

export function typeMetadata(target: Class, property: string): TypeMetadata | undefined {
  return storage().findTypeMetadata(target, property);
}

/** The functions of a property's `@Transform`s, in the order in which they are called. */
export function transformsOf(target: Class, property: string): TransformFunction[] {
  return storage()
    .findTransformMetadatas(target, property, PLAIN_TO_CLASS)
    .filter(({ options }) => (options?.groups?.length ?? 0) === 0) // payloads belong to no group
    .map(({ transformFn }) => transformFn);
}

/** The property for a name in a payload. */
export function propertyOf(target: Class, name: string): string {
  return storage().findExposeMetadataByCustomName(target, name)?.propertyName ?? name;
}

/** `takes`: whether class-transformer reads a payload name; `exposed`: names it reads even if missing. */
export function visibilityOf(target: Class): {
  readonly exposed: readonly string[];
  readonly takes: (name: string) => boolean;
} {
  const excluded = storage().getExcludedProperties(target, PLAIN_TO_CLASS);
  const ofGroup = (name: string): boolean =>
    (storage().findExposeMetadata(target, name)?.options?.groups?.length ?? 0) > 0;
  const isShut = (name: string): boolean => excluded.includes(name) || ofGroup(name);
  const exposed = storage()
    .getExposedProperties(target, PLAIN_TO_CLASS)
    .map((property) => storage().findExposeMetadata(target, property)?.options?.name ?? property)
    .filter((name) => !isShut(name));
  const onlyExposed = storage().getStrategy(target) === 'excludeAll';
  return { exposed, takes: (name) => (onlyExposed ? exposed.includes(name) : !isShut(name)) };
}
