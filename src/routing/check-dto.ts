import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import type { BootFault } from '../errors';
import type { Class } from '../metadata';

interface Nested {
  readonly property: string;
  readonly each: boolean;
}

/** All validators of a class, those of its parents among them. */
export function validatorsOf(type: Class): { type: string; propertyName: string; each: boolean }[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

function nestedOf(type: Class): Nested[] {
  return validatorsOf(type)
    .filter((validator) => validator.type === 'nestedValidation')
    .map(({ propertyName, each }) => ({ property: propertyName, each }));
}

/**
 * What class-transformer makes of an empty object in this place. Asked for by trying, since its own
 * metadata is not public, and since a transformation of the application's may do what `@Type` does.
 */
function nestedValue(type: Class, { property, each }: Nested): unknown {
  try {
    const plain = { [property]: each ? [{}] : {} };
    const made = plainToInstance(type as ClassConstructor<object>, plain) as Record<string, unknown>;
    const value = made[property];
    const isCollection = Array.isArray(value) || value instanceof Set || value instanceof Map;
    return isCollection ? [...value.values()][0] : value;
  } catch {
    return undefined; // A constructor or transformation that wants more than nothing: there is one, then.
  }
}

function withoutValidators(where: string, type: Class, place: string): BootFault {
  return {
    code: 'dto_without_validators',
    where,
    message: `${place} has no class-validator decorator, so that every payload would be refused.`,
    remedy: `Decorate the fields of ${type.name} (@Allow() for those that may be anything), or give a Standard Schema or 'unchecked'.`,
  };
}

function withoutType(where: string, place: string): BootFault {
  return {
    code: 'nested_without_type',
    where,
    message: `${place} has @ValidateNested without @Type, so that nested objects stay plain and cannot be validated.`,
    remedy: `Put @Type(() => TheClass) of class-transformer above ${place}.`,
  };
}

/** What is wrong with a class-validator class, and with the classes nested in it. */
export function dtoFaults(root: Class, where: string): BootFault[] {
  const faults: BootFault[] = [];
  const seen = new Set<Class>([root]);
  const open: { type: Class; place: string }[] = [{ type: root, place: root.name }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { type, place } = step;
    if (validatorsOf(type).length === 0) faults.push(withoutValidators(where, type, place));
    for (const nested of nestedOf(type)) {
      const value = nestedValue(type, nested);
      if (typeof value !== 'object' || value === null) continue;
      const nestedType = value.constructor as Class;
      const nestedPlace = `${type.name}.${nested.property}`;
      if (nestedType === (Object as unknown)) faults.push(withoutType(where, nestedPlace));
      else if (!seen.has(nestedType)) {
        seen.add(nestedType);
        open.push({ type: nestedType, place: `${nestedType.name} in ${nestedPlace}` });
      }
    }
  }
  return faults;
}
