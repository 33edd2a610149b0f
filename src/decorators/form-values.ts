import { classTransformer } from '../metadata';
import { toBoolean, toDate, toNumber, toText } from './text-values';

function converts(convert: (value: unknown) => unknown): PropertyDecorator {
  return classTransformer().Transform(({ value }) => convert(value), { toClassOnly: true });
}

/**
 * Trims the text of a form field. Empty text becomes `undefined`, so that `@IsOptional()` accepts a cleared
 * control.
 *
 * @example
 * `@FormText()` `@IsOptional()` `@IsEmail()` email?: string;
 */
export function FormText(): PropertyDecorator {
  return converts(toText);
}

/**
 * Converts text from a form to a number. `''` becomes `undefined`. Text that is not a number, or too large to
 * be exact, stays text, so that `@IsNumber()` or `@IsInt()` reports it.
 *
 * @example
 * `@FormNumber()` `@IsInt()` `@Min(1)` count!: number; // from '3'
 */
export function FormNumber(): PropertyDecorator {
  return converts(toNumber);
}

/**
 * Converts the form texts `'true'` and `'false'` to a boolean. Checkboxes already send booleans. `''` becomes
 * `undefined`, and any other value stays unchanged.
 *
 * @example
 * `@FormBoolean()` `@IsBoolean()` express!: boolean; // from a Select with the values 'true' and 'false'
 */
export function FormBoolean(): PropertyDecorator {
  return converts(toBoolean);
}

/**
 * Converts the ISO text of a date picker to a `Date`. Text without a time zone is in UTC. `''` becomes
 * `undefined`. Text that is not a date stays text, so that `@IsDate()` reports it.
 *
 * @example
 * `@FormDate()` `@IsDate()` day!: Date; // from '2026-03-01'
 */
export function FormDate(): PropertyDecorator {
  return converts(toDate);
}
