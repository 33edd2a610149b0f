import { ChatError, held } from '../../errors';
import type { ValidationArguments } from '../../metadata';
import { isPromise } from '../../store';
import { argumentsOf, findingOf, isCollection, note, type Case } from './case';
import { messageOf } from './message';
import type { Rule } from './property-rules';
import { hasShape, shapeName } from './shape';

/** Checks values against constraints, and collects pending asynchronous checks. */
export class Constraints {
  /** The pending checks. Their rejections are marked as handled. */
  readonly pending: Promise<void>[] = [];

  /** @param now whether to stay synchronous: asynchronous constraints then count as met */
  constructor(private readonly now: boolean) {}

  /** Calls `judge` with the promise's value, or `refuse` with its rejection. */
  later(value: Promise<unknown>, judge: (value: unknown) => void, refuse?: (error: unknown) => void): void {
    const judged = held(value.then(judge, refuse));
    if (!this.now) this.pending.push(judged);
  }

  check(one: Case): void {
    const { value, rules } = one;
    const { each } = rules.shapes;
    const isWrong = each !== undefined && value !== undefined && value !== null && !hasShape(value, each);
    for (const rule of rules.rules) {
      if (isWrong && rule.metadata.each) {
        note(one, 'isArray', () => `${rules.property} must be ${shapeName(each)}`);
      } else this.constraint(rule, one);
    }
  }

  private constraint(rule: Rule, one: Case): void {
    const { metadata, constraint } = rule;
    const { object, value } = one;
    if (metadata.validateIf !== undefined && !held<unknown>(metadata.validateIf(object, value))) return;
    if (this.now && constraint.async) return;
    const args = argumentsOf(metadata, one);
    const validate = (each: unknown): boolean | Promise<boolean> => {
      const verdict = constraint.instance.validate(each, args);
      return isPromise(verdict) ? held(Promise.resolve(verdict)) : verdict;
    };
    if (!metadata.each || !isCollection(value)) {
      this.verdict(validate(value), rule, args, one);
      return;
    }
    const verdicts = Array.from(value.values(), validate);
    const isLate = verdicts.some((verdict) => verdict instanceof Promise);
    const all = isLate ? Promise.all(verdicts.map(async (verdict) => verdict)) : verdicts;
    this.verdict(all instanceof Promise ? held(all.then(areMet)) : areMet(all), rule, args, one);
  }

  private verdict(
    verdict: boolean | Promise<boolean>,
    rule: Rule,
    args: ValidationArguments,
    one: Case,
  ): void {
    if (verdict instanceof Promise) {
      findingOf(one);
      this.later(verdict, (isMet) => {
        if (isMet !== true) refuse(rule, args, one);
      });
    } else if (!verdict) refuse(rule, args, one);
  }
}

function areMet(verdicts: readonly unknown[]): boolean {
  return verdicts.every(Boolean);
}

function refuse({ metadata, constraint }: Rule, args: ValidationArguments, one: Case): void {
  try {
    note(one, constraint.name || metadata.type, () => messageOf(metadata, constraint, args));
  } catch (error) {
    if (error instanceof ChatError) throw error; // made for users
    one.findings.refuse(error, one.place);
  }
}
