import { validatorName, validatorsOf } from '../execution';
import type { Class } from '../metadata';
import type { JsonSchema } from './json-schema';
import { ruleSchemas } from './library';
import { ruleSchema } from './rules';

/** One class-validator decorator of one property. */
export interface Rule {
  /** class-validator's name: `isString`. */
  readonly name: string;
  /** Whether it applies to each value of a collection. */
  readonly each: boolean;
  readonly schema: JsonSchema;
  /** Whether the schema expresses the whole rule. */
  readonly isWhole: boolean;
  /** Whether it applies to some payloads only; then its schema is empty. */
  readonly isConditional: boolean;
}

/** Rules that control how others apply; JSON Schema has no keywords for them. */
const STRUCTURE: ReadonlySet<string> = new Set([
  'nestedValidation',
  'validateIf',
  'isOptional',
  'whitelistValidation',
  'promiseValidation',
]);

export function hasRules(type: Class): boolean {
  return validatorsOf(type).length > 0;
}

/** The rules of a class by property, including inherited ones. */
export function rulesOf(type: Class): Map<string, Rule[]> {
  const named = validatorsOf(type).map((metadata) => ({ metadata, name: validatorName(metadata) }));
  const plain = named.filter(
    ({ name, metadata }) => !STRUCTURE.has(name) && metadata.validateIf === undefined,
  );
  const made = new Map(ruleSchemas(plain).map((schema, index) => [plain[index]?.metadata, schema]));
  const rules = new Map<string, Rule[]>();
  for (const { name, metadata } of named) {
    const isConditional = name === 'validateIf' || metadata.validateIf !== undefined;
    const isSilent = isConditional || STRUCTURE.has(name);
    const said = isSilent
      ? { schema: {}, isWhole: !isConditional }
      : ruleSchema(name, made.get(metadata) ?? {});
    const rule = { name, each: metadata.each, isConditional, ...said };
    rules.set(metadata.propertyName, [...(rules.get(metadata.propertyName) ?? []), rule]);
  }
  return rules;
}
