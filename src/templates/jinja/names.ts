/*
 * The parser keeps no positions, but takes any text for a name: so each name carries its line, and
 * what our reading of the tokens found out about its place.
 */

export interface Name {
  readonly name: string;
  readonly line: number | undefined;
  readonly mark: string | undefined;
}

export const markedName = (name: string, line: number | undefined, mark = ''): string =>
  `${name}\n${String(line ?? '')}\n${mark}`;

export function readName(value: string): Name {
  const [name = '', line, mark] = value.split('\n');
  return {
    name,
    line: line === undefined || line === '' ? undefined : Number(line),
    mark: mark === '' ? undefined : mark,
  };
}

/** Stands after the comma in `(1,)`, and for nothing in `()`: the parser knows no such tuples. */
export const END_OF_TUPLE = '\n\nend';
/** On the loop variable of `{% for … recursive %}`, and of what was written as `{% with %}`. */
export const RECURSIVE = 'recursive';
export const WITH = 'with';
/** Before a test's name: `x is [not] even` is read as a filter, which binds alike and takes arguments. */
export const IS = 'is ';
export const IS_NOT = 'is not ';
