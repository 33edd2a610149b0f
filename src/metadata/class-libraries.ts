import { DeveloperError } from '../errors';
import type { Class } from './contracts';

/*
 * class-validator, class-transformer and class-validator-jsonschema: the part of each that is used here.
 * They are loaded when the first DTO class asks for them, since an application that validates by a Standard
 * Schema installs none of them. The types are written down for the same reason: declarations that named the
 * packages would not compile without them.
 */

/** What class-validator gives validators and messages. */
export interface ValidationArguments {
  value: unknown;
  constraints: unknown[];
  targetName: string;
  object: object;
  property: string;
}

/** One decorator of class-validator on one property. */
export interface ValidationMetadata {
  type: string;
  name?: string | undefined;
  target: unknown;
  propertyName: string;
  constraintCls: Class;
  constraints: unknown[];
  message: unknown;
  each: boolean;
  validateIf?: ((object: object, value: unknown) => boolean) | undefined;
}

/** A function that validates, with its name. */
export interface ConstraintMetadata {
  name: string;
  async: boolean;
  instance: {
    validate(value: unknown, args: ValidationArguments): boolean | Promise<boolean>;
    defaultMessage?(args: ValidationArguments): string;
  };
}

interface ClassValidator {
  getMetadataStorage(): {
    getTargetValidationMetadatas(
      type: Class,
      schema: string,
      always: boolean,
      strictGroups: boolean,
    ): ValidationMetadata[];
    getTargetValidatorConstraints(type: Class): ConstraintMetadata[];
  };
}

/** What class-transformer gives the functions of `@Transform`. */
export interface TransformParams {
  value: unknown;
  key: string;
  obj: unknown;
  type: number;
  options: object;
}

interface ClassTransformer {
  Transform(
    transform: (params: TransformParams) => unknown,
    options: { toClassOnly: boolean },
  ): PropertyDecorator;
  Type(type: () => unknown): PropertyDecorator;
  plainToInstance(type: unknown, plain: unknown, options?: object): unknown;
}

interface ClassValidatorJsonSchema {
  validationMetadataArrayToSchemas(metadatas: readonly unknown[], options: object): Record<string, unknown>;
}

let validator: ClassValidator | undefined;
let transformer: ClassTransformer | undefined;
let jsonSchema: ClassValidatorJsonSchema | undefined;

/* eslint-disable @typescript-eslint/no-require-imports -- not before a class asks; bundlers read these calls */

/** @throws DeveloperError `class_validator_missing` */
export function classValidator(): ClassValidator {
  return (validator ??= load('class-validator', () => require('class-validator')) as ClassValidator);
}

/** @throws DeveloperError `class_validator_missing` */
export function classTransformer(): ClassTransformer {
  return (transformer ??= load('class-transformer', () => require('class-transformer')) as ClassTransformer);
}

/** @throws DeveloperError `class_validator_jsonschema_missing` */
export function classValidatorJsonSchema(): ClassValidatorJsonSchema {
  return (jsonSchema ??= load('class-validator-jsonschema', () =>
    require('class-validator-jsonschema'),
  ) as ClassValidatorJsonSchema);
}

/* eslint-enable @typescript-eslint/no-require-imports */

let missing: readonly string[] | undefined;

/** Those of the two packages that DTO classes need which are not installed. */
export function missingClassLibraries(): readonly string[] {
  missing ??= [
    ['class-validator', classValidator] as const,
    ['class-transformer', classTransformer] as const,
  ].flatMap(([name, library]) => {
    try {
      library();
      return [];
    } catch (error) {
      if (error instanceof DeveloperError) return name;
      throw error;
    }
  });
  return missing;
}

function load(name: string, loading: () => unknown): unknown {
  try {
    return loading();
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'MODULE_NOT_FOUND') throw error;
    throw new DeveloperError(
      name === 'class-validator-jsonschema'
        ? 'class_validator_jsonschema_missing'
        : 'class_validator_missing',
      `DTO classes need the package ${name} here, which is not installed.`,
      `Run: npm install ${name}`,
      { cause: error },
    );
  }
}
