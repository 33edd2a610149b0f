import {
  classValidator,
  missingClassLibraries,
  type Class,
  type ConstraintMetadata,
  type ValidationMetadata,
} from '../../metadata';

/** The `type` of decorators that are no constraints: class-validator's `ValidationTypes`. */
export const CONDITIONAL = 'conditionalValidation';
export const NESTED = 'nestedValidation';
export const PROMISE = 'promiseValidation';
export const DEFINED = 'isDefined';
export const CONSTRAINT = 'customValidation';

/** All decorators of a class's properties, those of its parents among them; none without class-validator. */
export function validatorsOf(type: Class): ValidationMetadata[] {
  if (missingClassLibraries().includes('class-validator')) return [];
  return classValidator().getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

/** What a decorator is called: `isString`, `arrayMinSize`, `nestedValidation`. */
export function validatorName({ constraintCls, type, name }: ValidationMetadata): string {
  // Without a class it is one of class-validator's own, which says how others are applied.
  if ((constraintCls as unknown) === undefined) {
    return type === CONDITIONAL && name !== 'isOptional' ? 'validateIf' : (name ?? type);
  }
  const [constraint] = constraintsOf(constraintCls);
  return constraint?.name ?? type;
}

/** The constraints that a decorator's class stands for. */
export function constraintsOf(type: Class): ConstraintMetadata[] {
  return classValidator().getMetadataStorage().getTargetValidatorConstraints(type);
}
