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

/** The classes that objects in this place become; `Object` where they stay plain, none where that cannot be known. */
function nestedTypes(type: Class, nested: Nested): readonly Class[] {
  const { type: named, discriminator } = transformed(type, nested.property);
  if (discriminator !== undefined) return discriminator.subTypes.map(({ value }) => value);
  if (isClass(named) && named !== Object) return [named];
  const value = nestedValue(type, nested);
  return typeof value === 'object' && value !== null ? [value.constructor as Class] : [];
}

/**
 * What class-transformer makes of an empty object in this place. Asked for by trying, since a
 * transformation of the application's may do what `@Type` does.
 */
function nestedValue(type: Class, { property, each }: Nested): unknown {
  try {
    const plain = { [property]: each ? [{}] : {} };
    const made = classTransformer().plainToInstance(type, plain) as Record<string, unknown>;
    const value = made[property];
    const isCollection = Array.isArray(value) || value instanceof Set || value instanceof Map;
    return isCollection ? [...value.values()][0] : value;
  } catch {
    return undefined; // A transformation that wants more than nothing: there is one, then.
  }
}

/** Payloads become objects by `new Dto()`: a constructor that does not stand that would fail every one. */
function constructorProblems(where: string, type: Class, place: string): StartupProblem[] {
  try {
    new type();
    return [];
  } catch (error) {
    return [
      {
        code: 'dto_constructor_throws',
        where,
        message: `the constructor of ${place} throws when it is called without arguments, as payloads call it: ${messageOf(error)}`,
        fix: `Declare the fields of ${type.name} with decorators and leave the constructor out: what the payload has is assigned to them.`,
      },
    ];
  }
}

function withoutValidators(where: string, type: Class, place: string): StartupProblem {
  return {
    code: 'dto_without_validators',
    where,
    message: `${place} has no class-validator decorator, so that every payload would be refused.`,
    fix: `Decorate the fields of ${type.name} (@Allow() for those that may be anything), or give a Standard Schema or 'unchecked'.`,
  };
}

function withoutType(where: string, place: string): StartupProblem {
  return {
    code: 'nested_without_type',
    where,
    message: `${place} has @ValidateNested without @Type, so that nested objects stay plain and cannot be validated.`,
    fix: `Put @Type(() => TheClass) of class-transformer above ${place}.`,
  };
}

function withoutLibraries(where: string, type: Class, missing: readonly string[]): StartupProblem {
  return {
    code: 'class_validator_missing',
    where,
    message: `the payload's type is the class ${type.name}, and ${missing.join(' and ')} cannot be found.`,
    fix: `Run: npm install ${missing.join(' ')}. Or validate the payload by a Standard Schema, which needs neither.`,
  };
}

/** Decorators of another copy of class-transformer have no effect, and nothing else would tell. */
function secondTransformers(where: string, type: Class): StartupProblem[] {
  return secondTransformersOf(type).map((folder) => ({
    code: 'second_class_transformer',
    where,
    message: `${type.name} is decorated by a second copy of class-transformer (${folder}), so that its @Exclude, @Expose, @Type and @Transform have no effect.`,
    fix: 'Let all packages share one copy: `npm ls class-transformer` shows them; make it a peer dependency, or use `npm dedupe` or `overrides`.',
  }));
}

/** The classes that `@Type` names where nothing nested is validated; those of the language are left out. */
function unvalidatedTypes(type: Class): Class[] {
  const nested = new Set(nestedOf(type).map(({ property }) => property));
  return validatorsOf(type)
    .filter(({ propertyName }) => !nested.has(propertyName))
    .flatMap(({ propertyName }) => transformed(type, propertyName).type)
    .filter(isWrittenAsClass);
}

/** What is wrong with a class-validator class, and with the classes nested in it. */
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
