import { classTransformer } from '../metadata';
import { toBoolean, toDate, toNumber, toText } from './text-values';

function converts(convert: (value: unknown) => unknown): PropertyDecorator {
  return classTransformer().Transform(({ value }) => convert(value), { toClassOnly: true });
}

/**
 * Text of a form, without the spaces around it: `undefined` when nothing is left, so that
 * `@IsOptional()` takes a control that was cleared.
 *
 * @example
 * `@FormText()` `@IsOptional()` `@IsEmail()` email?: string;
 */
export function FormText(): PropertyDecorator {
  return converts(toText);
}

/**
 * A number that a form sends as text. `''` becomes `undefined`; what is no number, or too large to be
 * exact, stays text, and `@IsNumber()` or `@IsInt()` name it.
 *
 * @example
 * `@FormNumber()` `@IsInt()` `@Min(1)` count!: number; // from '3'
 */
export function FormNumber(): PropertyDecorator {
  return converts(toNumber);
}

/**
 * A truth value that a form sends as text, `'true'` or `'false'`; checkboxes send true and false by
 * themselves. `''` becomes `undefined`, anything else stays as it came.
 *
 * @example
 * `@FormBoolean()` `@IsBoolean()` express!: boolean; // from a Select with the values 'true' and 'false'
 */
export function FormBoolean(): PropertyDecorator {
  return converts(toBoolean);
}

/**
 * A `Date` from the ISO text that a date picker sends; what names no zone is in UTC. `''`
 * becomes `undefined`; what is no date stays text, and `@IsDate()` names it.
 *
 * @example
 * `@FormDate()` `@IsDate()` day!: Date; // from '2026-03-01'
 */
export function FormDate(): PropertyDecorator {
  return converts(toDate);
}
