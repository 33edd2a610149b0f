import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { Class } from '../../metadata';

type Storage = ReturnType<typeof getMetadataStorage>;
/** One decorator of class-validator on one property. */
export type ValidationMetadata = ReturnType<Storage['getTargetValidationMetadatas']>[number];
export type ConstraintMetadata = ReturnType<Storage['getTargetValidatorConstraints']>[number];

/** All decorators of a class's properties, those of its parents among them. */
export function validatorsOf(type: Class): ValidationMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

/** What a decorator is called: `isString`, `arrayMinSize`, `nestedValidation`. */
export function validatorName({ constraintCls, type, name }: ValidationMetadata): string {
  // Without a class it is one of class-validator's own, which says how others are applied.
  if ((constraintCls as unknown) === undefined) {
    return type === ValidationTypes.CONDITIONAL_VALIDATION && name !== 'isOptional'
      ? 'validateIf'
      : (name ?? type);
  }
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  return constraint?.name ?? type;
}
