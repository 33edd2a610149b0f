import {
  getMetadataStorage,
  validateSync,
  type ValidationError,
  type ValidatorConstraintInterface,
  type ValidatorOptions,
} from 'class-validator';
import { isPromiseLike } from './maybe';

type Storage = ReturnType<typeof getMetadataStorage>;
type Constraint = ReturnType<Storage['getTargetValidatorConstraints']>[number];

/**
 * Validates without waiting: what would take time counts as met.
 *
 * class-validator's `validateSync` leaves out constraints that are marked as asynchronous. Those that
 * are not, and yet answer with a promise, it would leave to themselves: the first that rejects, for
 * want of a database at boot, would end the process. So for the length of this call they are given
 * out with their promises taken care of.
 */
export function validateNow(instance: object, rules: ValidatorOptions): ValidationError[] {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidatorConstraints.bind(storage);
  storage.getTargetValidatorConstraints = (target) => find(target).map(withoutPromises);
  try {
    return validateSync(instance, rules);
  } finally {
    Reflect.deleteProperty(storage, 'getTargetValidatorConstraints'); // the class's own is back
  }
}

function withoutPromises(constraint: Constraint): Constraint {
  const { instance } = constraint;
  const validate: ValidatorConstraintInterface['validate'] = (value, args) => {
    const verdict = instance.validate(value, args);
    if (!isPromiseLike(verdict)) return verdict;
    Promise.resolve(verdict).catch(() => undefined);
    return true;
  };
  const patient = Object.create(instance, { validate: { value: validate } }) as typeof instance;
  return Object.create(constraint, { instance: { value: patient } }) as Constraint;
}
