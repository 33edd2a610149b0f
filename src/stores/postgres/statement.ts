import { createHash } from 'node:crypto';

import { assertStorable } from '../assert-storable';

/** A statement with a name, under which each connection prepares it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A statement and what it is executed with. Texts alone, as the wire has them; the statement says the types. */
export interface Call {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
}

/** A row as it comes over the wire, in the order of the statement's columns. */
export type Row = readonly (string | null)[];

/** The name is made of the text: releases that share a connection pooler never take one for another. */
export function statement(text: string): Statement {
  return { name: `chatkit_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
}

/**
 * @throws DeveloperError `malformed_id` when one of the values is a text that the database does not keep as it is
 */
export function call(one: Statement, ...values: readonly (string | number | null)[]): Call {
  const texts = values.map((value) => {
    assertStorable(value, 'PostgreSQL');
    return typeof value === 'number' ? wholeNumber(value) : value;
  });
  return { statement: one, values: texts };
}

/** As bigint takes it: what limits and times of applications are is not always whole, or finite. */
function wholeNumber(value: number): string {
  const { MAX_SAFE_INTEGER } = Number;
  return String(Math.max(-MAX_SAFE_INTEGER, Math.min(MAX_SAFE_INTEGER, Math.ceil(value))));
}
