import { messageOf, type StartupProblem } from '../errors';
import { secondTransformersOf, transformed, validatorsOf } from '../execution';
import { classTransformer, isClass, isWrittenAsClass, missingClassLibraries, type Class } from '../metadata';

interface Nested {
  readonly property: string;
  readonly each: boolean;
}

function nestedOf(type: Class): Nested[] {
  return validatorsOf(type)
    .filter((validator) => validator.type === 'nestedValidation')
    .map(({ propertyName, each }) => ({ property: propertyName, each }));
}

/** The classes that nested objects are converted to. `Object` if they stay plain, none if that is unknown. */
function nestedTypes(type: Class, nested: Nested): readonly Class[] {
  const { type: named, discriminator } = transformed(type, nested.property);
  if (discriminator !== undefined) return discriminator.subTypes.map(({ value }) => value);
  if (isClass(named) && named !== Object) return [named];
  const value = nestedValue(type, nested);
  return typeof value === 'object' && value !== null ? [value.constructor as Class] : [];
}

/**
 * The result of class-transformer for an empty nested object. It is found by a trial conversion, since a
 * transformation of the app may do the same as `@Type`.
 */
function nestedValue(type: Class, { property, each }: Nested): unknown {
  try {
    const plain = { [property]: each ? [{}] : {} };
    const made = classTransformer().plainToInstance(type, plain) as Record<string, unknown>;
    const value = made[property];
    const isCollection = Array.isArray(value) || value instanceof Set || value instanceof Map;
    return isCollection ? [...value.values()][0] : value;
  } catch {
    return undefined; // The transformation needs real data, so there is one.
  }
}

/** Payloads are converted with `new Dto()`, so every payload fails if the constructor throws. */
function constructorProblems(where: string, type: Class, place: string): StartupProblem[] {
  try {
    new type();
    return [];
  } catch (error) {
    return [
      {
        code: 'dto_constructor_throws',
        where,
        message: `the constructor of ${place} throws when called without arguments, which happens for each payload: ${messageOf(error)}`,
        fix: `Declare the fields of ${type.name} with decorators and remove the constructor: the payload's values are assigned to the fields.`,
      },
    ];
  }
}

function withoutValidators(where: string, type: Class, place: string): StartupProblem {
  return {
    code: 'dto_without_validators',
    where,
    message: `${place} has no class-validator decorator, so every payload would be refused.`,
    fix: `Decorate the fields of ${type.name} (@Allow() for fields with any value), or pass a Standard Schema or 'unchecked'.`,
  };
}

function withoutType(where: string, place: string): StartupProblem {
  return {
    code: 'nested_without_type',
    where,
    message: `${place} has @ValidateNested without @Type, so nested objects stay plain and cannot be validated.`,
    fix: `Put @Type(() => TheClass) of class-transformer above ${place}.`,
  };
}

function withoutLibraries(where: string, type: Class, missing: readonly string[]): StartupProblem {
  return {
    code: 'class_validator_missing',
    where,
    message: `the payload's type is the class ${type.name}, but ${missing.join(' and ')} cannot be found.`,
    fix: `Run: npm install ${missing.join(' ')}. Or validate the payload with a Standard Schema, which needs neither.`,
  };
}

/** Decorators of another copy of class-transformer have no effect, and no other error reports it. */
function secondTransformers(where: string, type: Class): StartupProblem[] {
  return secondTransformersOf(type).map((folder) => ({
    code: 'second_class_transformer',
    where,
    message: `${type.name} is decorated by a second copy of class-transformer (${folder}), so its @Exclude, @Expose, @Type and @Transform have no effect.`,
    fix: 'Let all packages share one copy: `npm ls class-transformer` shows them; make it a peer dependency, or use `npm dedupe` or `overrides`.',
  }));
}

/** The classes in `@Type` of fields without nested validation, except built-in classes. */
function unvalidatedTypes(type: Class): Class[] {
  const nested = new Set(nestedOf(type).map(({ property }) => property));
  return validatorsOf(type)
    .filter(({ propertyName }) => !nested.has(propertyName))
    .flatMap(({ propertyName }) => transformed(type, propertyName).type)
    .filter(isWrittenAsClass);
}

/** Finds problems with a class-validator class and the classes nested in it. */
export function dtoProblems(root: Class, where: string): StartupProblem[] {
  const missing = missingClassLibraries();
  if (missing.length > 0) return [withoutLibraries(where, root, missing)];
  const problems: StartupProblem[] = [];
  const seen = new Set<Class>([root]);
  const open: { type: Class; place: string }[] = [{ type: root, place: root.name }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { type, place } = step;
    if (validatorsOf(type).length === 0) problems.push(withoutValidators(where, type, place));
    problems.push(...constructorProblems(where, type, place), ...secondTransformers(where, type));
    for (const named of new Set(unvalidatedTypes(type))) {
      if (seen.has(named)) continue;
      problems.push(...constructorProblems(where, named, `${named.name} in ${type.name}`));
      problems.push(...secondTransformers(where, named));
    }
    for (const nested of nestedOf(type)) {
      const nestedPlace = `${type.name}.${nested.property}`;
      for (const nestedType of nestedTypes(type, nested)) {
        if (nestedType === (Object as unknown)) problems.push(withoutType(where, nestedPlace));
        else if (!seen.has(nestedType)) {
          seen.add(nestedType);
          open.push({ type: nestedType, place: `${nestedType.name} in ${nestedPlace}` });
        }
      }
    }
  }
  return problems;
}
