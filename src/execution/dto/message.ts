import { held } from '../../errors';
import type { ConstraintMetadata, ValidationArguments, ValidationMetadata } from '../../metadata';

/**
 * The message for a failed constraint, as class-validator makes it: the decorator's own message, else
 * the constraint's, with `$property`, `$value`, `$target` and `$constraint1` … replaced.
 */
export function messageOf(
  { message: own }: ValidationMetadata,
  constraint: ConstraintMetadata | undefined,
  args: ValidationArguments,
): string {
  const message: unknown = isGiven(own) ? own : (constraint?.instance.defaultMessage?.(args) ?? '');
  const text = held(typeof message === 'function' ? (message as (args: unknown) => unknown)(args) : message);
  if (typeof text === 'string' && text !== '') return withValues(text, args);
  if (isGiven(text)) throw new TypeError(`A message must be a string, not a value of type ${typeof text}.`);
  return `${args.property} is not valid`;
}

function isGiven(message: unknown): boolean {
  return message !== undefined && message !== '';
}

/** One pass, so that placeholders inside a received value are not replaced. */
function withValues(text: string, { property, value, targetName, constraints }: ValidationArguments): string {
  return text.replace(/\$(?:constraint(\d+)|value|property|target)/g, (word, number: string | undefined) => {
    if (number !== undefined) {
      const index = Number(number) - 1;
      return index in ((constraints as unknown[] | undefined) ?? [])
        ? constraintText(constraints[index])
        : word;
    }
    if (word === '$property') return property;
    if (word === '$target') return targetName;
    return ['string', 'boolean', 'number'].includes(typeof value) ? String(value) : word;
  });
}

function constraintText(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return typeof constraint === 'symbol' ? (constraint.description ?? '') : String(constraint);
}
