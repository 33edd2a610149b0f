import { createHash } from 'node:crypto';

import { assertStorable } from '../assert-storable';

/** A statement with a name, so that each connection prepares it only once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A statement and its values. All values are texts, as on the wire; the statement casts them. */
export interface Call {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
}

/** A row as it comes over the wire, in the order of the statement's columns. */
export type Row = readonly (string | null)[];

/** The name is a hash of the text: releases that share a connection pooler never mix up their statements. */
export function statement(text: string): Statement {
  return { name: `chatkit_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
}

/**
 * @throws DeveloperError `malformed_id` when a value is a text that the database would not store unchanged
 */
export function call(one: Statement, ...values: readonly (string | number | null)[]): Call {
  const texts = values.map((value) => {
    assertStorable(value, 'PostgreSQL');
    return typeof value === 'number' ? wholeNumber(value) : value;
  });
  return { statement: one, values: texts };
}

/** A number in a form that bigint accepts: limits and times of applications may be fractions or infinite. */
function wholeNumber(value: number): string {
  const { MAX_SAFE_INTEGER } = Number;
  return String(Math.max(-MAX_SAFE_INTEGER, Math.min(MAX_SAFE_INTEGER, Math.ceil(value))));
}
