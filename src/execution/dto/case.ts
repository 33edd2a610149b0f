import type { ValidationArguments, ValidationMetadata } from '../../metadata';
import type { Finding, Findings } from './findings';
import type { Place } from './place';
import type { PropertyRules } from './property-rules';

/** A property's value while it is checked against the property's rules. */
export interface Case {
  readonly object: object;
  readonly rules: PropertyRules;
  readonly value: unknown;
  readonly place: Place;
  readonly findings: Findings;
  /** Created when the value has an issue, or may get one from an asynchronous validator. */
  finding: Finding | undefined;
}

/** Returns the case's finding. The first call fixes its position in the order of findings. */
export function findingOf(one: Case): Finding {
  return (one.finding ??= one.findings.open(one.place));
}

/** @param message called only if the issue is reported */
export function note(one: Case, constraint: string, message: () => string): void {
  if (one.finding?.constraints.has(constraint) === true || !one.findings.takesOne()) return;
  findingOf(one).constraints.set(constraint, message());
}

/** The arguments that class-validator passes to validators and messages. */
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
