import { DeveloperError } from '../errors';
import type { Class } from './contracts';

/*
 * The parts of class-validator, class-transformer and class-validator-jsonschema that are used here. They
 * are loaded when the first DTO class needs them, since an app that validates with Standard Schemas does
 * not install them. Their types are copied for the same reason: declarations that import the packages would
 * not compile without them.
 */

/** The arguments that class-validator passes to validators and messages. */
export interface ValidationArguments {
  value: unknown;
  constraints: unknown[];
  targetName: string;
  object: object;
  property: string;
}

/** One class-validator decorator of one property. */
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

/** A validation function, with its name. */
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

/** The arguments that class-transformer passes to `@Transform` functions. */
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

/* eslint-disable @typescript-eslint/no-require-imports -- loaded on demand, by calls that bundlers see */

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

/** The packages that DTO classes need (class-validator, class-transformer) and that are not installed. */
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
