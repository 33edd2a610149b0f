import type { Class } from '../../metadata';
import type { JsonObject } from './convert';
import { Findings, type ClassIssue, type Thrown } from './findings';
import { Judge, type JudgeOptions } from './judge';
import { Reader } from './reader';

/** The result of reading a payload as an object of a class. */
export interface DtoReading {
  readonly value: object;
  readonly issues: readonly ClassIssue[];
  /** How many further issues there are. */
  readonly moreIssues: number;
  /** Errors thrown by functions of the class; each also has an issue. */
  readonly thrown: readonly Thrown[];
  /** The paths of dropped fields, without list indexes. */
  readonly dropped: readonly string[];
}

/**
 * Reads a payload as an object of a class with decorators of class-transformer and class-validator.
 * Synchronous if no validator is asynchronous; with `now`, asynchronous ones count as met.
 *
 * @throws ChatError that a function of the class has thrown; rejects with the rejection of an
 *   asynchronous validator.
 */
export function readDto(
  type: Class,
  payload: JsonObject,
  options: JudgeOptions,
): DtoReading | Promise<DtoReading> {
  const findings = new Findings();
  const reader = new Reader(findings);
  const value = reader.object(type, payload, undefined, options.unknownFields !== 'keep');
  const judge = new Judge(reader, findings, options);
  judge.object(value, undefined);
  const reading = (): DtoReading => ({
    value,
    issues: findings.issues(),
    moreIssues: findings.more,
    thrown: findings.thrown,
    dropped: judge.dropped,
  });
  return judge.pending.length === 0 ? reading() : settled(judge.pending).then(reading);
}

async function settled(pending: readonly Promise<void>[]): Promise<void> {
  // An awaited check may add further ones; the loop reaches them too.
  for (const promise of pending) await promise;
}
