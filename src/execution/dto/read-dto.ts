import type { Class } from '../../metadata';
import type { JsonObject } from './convert';
import { Findings, type ClassIssue, type Thrown } from './findings';
import { Judge, type JudgeOptions } from './judge';
import { Reader } from './reader';

/** What a payload is, read as an object of a class. */
export interface DtoReading {
  readonly value: object;
  readonly issues: readonly ClassIssue[];
  /** How many there are besides. */
  readonly moreIssues: number;
  /** Functions of the class that threw on what came, each with an issue. */
  readonly thrown: readonly Thrown[];
  /** The fields that were left out, without the indexes in lists. */
  readonly dropped: readonly string[];
}

/**
 * Reads a payload as an object of a class with decorators of class-transformer and class-validator.
 * At once where no validator is asynchronous; with `now`, those count as met.
 *
 * @throws ChatError that a function of the class has thrown, and with a rejection what an asynchronous
 *   validator has rejected with.
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
  // What is awaited may bring more, which this loop gets to see.
  for (const promise of pending) await promise;
}
