import type { ValidationArguments, ValidationMetadata } from '../../metadata';
import type { Finding, Findings } from './findings';
import type { Place } from './place';
import type { PropertyRules } from './property-rules';

/** A value of a property, on its way through the property's rules. */
export interface Case {
  readonly object: object;
  readonly rules: PropertyRules;
  readonly value: unknown;
  readonly place: Place;
  readonly findings: Findings;
  /** Made when something is found, or may be later. */
  finding: Finding | undefined;
}

/** The finding of a case, which takes its place in the order now. */
export function findingOf(one: Case): Finding {
  return (one.finding ??= one.findings.open(one.place));
}

/** @param message made only when it is told */
export function note(one: Case, constraint: string, message: () => string): void {
  if (one.finding?.constraints.has(constraint) === true || !one.findings.takesOne()) return;
  findingOf(one).constraints.set(constraint, message());
}

/** What class-validator tells validators and messages. */
export function argumentsOf(metadata: ValidationMetadata, { object, value }: Case): ValidationArguments {
  return {
    targetName: object.constructor.name,
    property: metadata.propertyName,
    object,
    value,
    constraints: metadata.constraints,
  };
}

export type Collection = readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>;

export function isCollection(value: unknown): value is Collection {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}
