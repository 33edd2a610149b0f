import { ChatError, held } from '../../errors';
import { isClass, type ValidationMetadata } from '../../metadata';
import { argumentsOf, findingOf, note, type Case, type Collection } from './case';
import { fieldsOf } from './class-fields';
import { Constraints } from './constraints';
import type { Findings } from './findings';
import { messageOf } from './message';
import { fieldPathOf, type Place } from './place';
import { rulesOf, type PropertyRules } from './property-rules';
import type { Reader } from './reader';
import { hasShape, shapeName } from './shape';

export interface JudgeOptions {
  /** How fields that the class does not declare are treated. */
  readonly unknownFields: 'drop' | 'refuse' | 'keep';
  /** Whether to stay synchronous: asynchronous validators then count as met. */
  readonly now: boolean;
}

/**
 * Validates the objects of a {@link Reader} by class-validator's decorators. It differs from
 * class-validator in this: the received fields are checked for unknown ones, not those of the object;
 * a list where an object is declared (or the reverse) is an issue; a function that throws makes its
 * field invalid; and validation is synchronous unless a validator is asynchronous.
 */
export class Judge {
  /** The paths of dropped fields, without list indexes. */
  readonly dropped: string[] = [];
  private readonly constraints: Constraints;

  constructor(
    private readonly reader: Reader,
    private readonly findings: Findings,
    private readonly options: JudgeOptions,
  ) {
    this.constraints = new Constraints(options.now);
  }

  /** The pending checks. Their rejections are marked as handled. */
  get pending(): readonly Promise<void>[] {
    return this.constraints.pending;
  }

  object(object: object, place: Place | undefined): void {
    const type: unknown = object.constructor;
    const rules = isClass(type) ? rulesOf(type) : undefined;
    if (!isClass(type) || rules === undefined || rules.size === 0) {
      this.findings.add(place, 'unknownValue', 'an unknown value was passed to the validate function');
      return;
    }
    this.unknownKeys(object, rules, place);
    const { findings } = this;
    const fields = fieldsOf(type);
    for (const each of rules.values()) {
      if (this.reader.isFailed(object, each.property)) continue;
      const value: unknown = (object as Record<string, unknown>)[each.property];
      const at: Place = { parent: place, key: fields.nameOf(each.property) };
      this.property({ object, rules: each, value, place: at, findings, finding: undefined });
    }
  }

  private unknownKeys(
    object: object,
    rules: ReadonlyMap<string, PropertyRules>,
    place: Place | undefined,
  ): void {
    const { unknownFields } = this.options;
    if (unknownFields === 'keep') return;
    const came = this.reader.unknownKeysOf(object);
    // For objects made by the app's own functions, the received keys are not known.
    const unknown = came ?? Object.keys(object).filter((key) => !rules.has(key));
    for (const key of unknown) {
      const at: Place = { parent: place, key };
      if (unknownFields === 'refuse') {
        this.findings.add(at, 'whitelistValidation', `property ${key} should not exist`);
      } else {
        this.dropped.push(fieldPathOf(at));
        if (came === undefined) Reflect.deleteProperty(object, key);
      }
    }
  }

  private property(one: Case): void {
    const { value, rules } = one;
    if (rules.isPromise && value instanceof Promise) {
      findingOf(one);
      this.constraints.later(
        value,
        (awaited) => this.value({ ...one, value: awaited }),
        (error) => this.refuse(error, one),
      );
    } else this.value(one);
  }

  private value(one: Case): void {
    const { object, value, rules } = one;
    try {
      if (!rules.conditions.every((condition) => held<unknown>(condition(object, value)))) return;
      this.constraints.check(one);
      if (value === undefined) return;
      for (const metadata of rules.nested) this.nested(metadata, one);
    } catch (error) {
      this.refuse(error, one);
    }
  }

  private refuse(error: unknown, { place }: Case): void {
    if (error instanceof ChatError) throw error; // made for users
    this.findings.refuse(error, place);
  }

  private nested(metadata: ValidationMetadata, one: Case): void {
    const { value, place, rules } = one;
    const { nested: shape, ofLists } = rules.shapes;
    if (!hasShape(value, shape)) misshapen(metadata, one, `${rules.property} must be ${shapeName(shape)}`);
    else if (shape === 'object') this.object(value as object, place);
    else this.entries(value as Collection, metadata, one, ofLists);
  }

  private entries(list: Collection, metadata: ValidationMetadata, one: Case, ofLists: boolean): void {
    const shape = ofLists ? 'list' : 'object';
    let index = -1;
    for (const [key, entry] of list.entries()) {
      index += 1;
      if (entry === undefined) continue; // already has an issue
      const place: Place = { parent: one.place, key: list instanceof Map ? String(key) : index };
      const at: Case = { ...one, value: entry, place, finding: undefined };
      if (!hasShape(entry, shape)) {
        misshapen(metadata, at, `each value in ${one.rules.property} must be ${shapeName(shape)}`);
      } else if (ofLists) this.entries(entry as Collection, metadata, at, false);
      else this.object(entry as object, place);
    }
  }
}

function misshapen(metadata: ValidationMetadata, one: Case, message: string): void {
  note(one, 'nestedValidation', () =>
    hasOwnMessage(metadata) ? messageOf(metadata, undefined, argumentsOf(metadata, one)) : message,
  );
}

/** Whether `@ValidateNested` was given a custom message instead of its default. */
function hasOwnMessage({ message }: ValidationMetadata): boolean {
  return !/^(each value in )?nested property \$property must be either object or array$/.test(
    String(message),
  );
}
