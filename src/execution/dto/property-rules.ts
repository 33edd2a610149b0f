import type { Class, ConstraintMetadata, ValidationMetadata } from '../../metadata';
import { shapesOf, type Shapes } from './shape';
import {
  CONDITIONAL,
  CONSTRAINT,
  constraintsOf,
  DEFINED,
  NESTED,
  PROMISE,
  validatorsOf,
} from './validator-metadata';

/** A decorator, and one of its constraints. */
export interface Rule {
  readonly metadata: ValidationMetadata;
  readonly constraint: ConstraintMetadata;
}

/** All class-validator rules of one property. */
export interface PropertyRules {
  readonly property: string;
  /** From `@IsOptional` and `@ValidateIf`: whether the other rules apply. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
  readonly nested: readonly ValidationMetadata[];
  /** From `@ValidatePromise`: a promise is awaited, and its value is validated. */
  readonly isPromise: boolean;
  readonly shapes: Shapes;
}

const known = new WeakMap<Class, ReadonlyMap<string, PropertyRules>>();

/** The rules of a class by property; cached, since by the first payload all decorators have run. */
export function rulesOf(type: Class): ReadonlyMap<string, PropertyRules> {
  let rules = known.get(type);
  if (rules === undefined) {
    const byProperty = new Map<string, ValidationMetadata[]>();
    for (const metadata of validatorsOf(type)) {
      const others = byProperty.get(metadata.propertyName);
      if (others === undefined) byProperty.set(metadata.propertyName, [metadata]);
      else others.push(metadata);
    }
    rules = new Map(
      [...byProperty].map(([property, given]) => [property, propertyRules(type, property, given)]),
    );
    known.set(type, rules);
  }
  return rules;
}

function propertyRules(type: Class, property: string, given: readonly ValidationMetadata[]): PropertyRules {
  const ofType = (wanted: string): ValidationMetadata[] => given.filter((each) => each.type === wanted);
  const conditions = ofType(CONDITIONAL);
  return {
    property,
    conditions: conditions.map(
      ({ constraints }) => constraints[0] as (object: object, value: unknown) => boolean,
    ),
    rules: [...ofType(DEFINED), ...ofType(CONSTRAINT)].flatMap((metadata) =>
      constraintsOf(metadata.constraintCls).map((constraint) => ({ metadata, constraint })),
    ),
    nested: ofType(NESTED),
    isPromise: ofType(PROMISE).length > 0,
    shapes: shapesOf(type, property, given),
  };
}
