import {
  classValidator,
  missingClassLibraries,
  type Class,
  type ConstraintMetadata,
  type ValidationMetadata,
} from '../../metadata';

/** Values of class-validator's `ValidationTypes`: the `type` of a decorator's metadata. */
export const CONDITIONAL = 'conditionalValidation';
export const NESTED = 'nestedValidation';
export const PROMISE = 'promiseValidation';
export const DEFINED = 'isDefined';
export const CONSTRAINT = 'customValidation';

/** All decorators of a class's properties, including inherited ones; none without class-validator. */
export function validatorsOf(type: Class): ValidationMetadata[] {
  if (missingClassLibraries().includes('class-validator')) return [];
  return classValidator().getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

/** The name of a decorator: `isString`, `arrayMinSize`, `nestedValidation`. */
export function validatorName({ constraintCls, type, name }: ValidationMetadata): string {
  // Without a constraint class it is a class-validator decorator that controls how others apply.
  if ((constraintCls as unknown) === undefined) {
    return type === CONDITIONAL && name !== 'isOptional' ? 'validateIf' : (name ?? type);
  }
  const [constraint] = constraintsOf(constraintCls);
  return constraint?.name ?? type;
}

/** The constraints of a decorator's class. */
export function constraintsOf(type: Class): ConstraintMetadata[] {
  return classValidator().getMetadataStorage().getTargetValidatorConstraints(type);
}
