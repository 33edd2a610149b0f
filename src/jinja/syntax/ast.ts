/*
 * The syntax tree for the compiler. Each node has its line, counted from one: the line of its characteristic
 * token (for `a.b` the name `b`, for `a + b` the `+`).
 */

interface At<T extends string> {
  readonly type: T;
  readonly line: number;
}

export interface Constant extends At<'constant'> {
  readonly value: string | boolean | null;
}

export interface NumberLiteral extends At<'integer' | 'float'> {
  readonly value: number;
}

export interface Name extends At<'name'> {
  readonly name: string;
}

/** `[a, b]` or `(a, b)` */
export interface Sequence extends At<'list' | 'tuple'> {
  readonly items: readonly Expression[];
}

export interface DictLiteral extends At<'dict'> {
  readonly entries: readonly (readonly [key: Expression, value: Expression])[];
}

export type UnaryOperator = 'not' | '-' | '+';

export interface Unary extends At<'unary'> {
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator = 'or' | 'and' | '+' | '-' | '~' | '*' | '/' | '//' | '%' | '**';

export interface Binary extends At<'binary'> {
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** `a < b <= c`: each operand is compared with the one before it. */
export interface Comparison extends At<'comparison'> {
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

/** `yes if test else no` */
export interface Conditional extends At<'conditional'> {
  readonly test: Expression;
  readonly yes: Expression;
  readonly no: Expression | undefined;
}

/** `object.name` */
export interface Attribute extends At<'attribute'> {
  readonly object: Expression;
  readonly name: string;
}

/** `object[key]` */
export interface Item extends At<'item'> {
  readonly object: Expression;
  readonly key: Expression;
}

/** `object[start:stop:step]` */
export interface Slice extends At<'slice'> {
  readonly object: Expression;
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
}

/** `a`, `name=a`, `*a`, `**a` */
export type Argument =
  | { readonly kind: 'positional' | 'list' | 'dict'; readonly value: Expression }
  | { readonly kind: 'named'; readonly name: string; readonly value: Expression };

export interface Call extends At<'call'> {
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

/** A filter without its operand. */
export interface FilterCall {
  readonly name: string;
  readonly line: number;
  readonly args: readonly Argument[];
}

/** `operand | name(args)` */
export interface Filter extends At<'filter'>, FilterCall {
  readonly operand: Expression;
}

/** `operand is [not] name(args)` */
export interface Test extends At<'test'>, FilterCall {
  readonly operand: Expression;
  readonly isNegated: boolean;
}

export type Expression =
  | Constant
  | NumberLiteral
  | Name
  | Sequence
  | DictLiteral
  | Unary
  | Binary
  | Comparison
  | Conditional
  | Attribute
  | Item
  | Slice
  | Call
  | Filter
  | Test;

/** The target of a `set`, a `with` or a loop. */
export type Target =
  | Name
  | (At<'attribute'> & { readonly owner: string; readonly name: string })
  | (At<'targets'> & { readonly targets: readonly Target[] });

export interface Parameter {
  readonly name: string;
  readonly otherwise: Expression | undefined;
}

type Body = readonly Statement[];

export interface For extends At<'for'> {
  readonly target: Target;
  readonly items: Expression;
  readonly condition: Expression | undefined;
  readonly isRecursive: boolean;
  readonly body: Body;
  readonly otherwise: Body;
}

export interface If extends At<'if'> {
  readonly test: Expression;
  readonly body: Body;
  readonly otherwise: Body;
}

export interface SetValue extends At<'set'> {
  readonly target: Target;
  readonly value: Expression;
}

/** `{% set target | filters %}body{% endset %}` */
export interface SetBlock extends At<'set block'> {
  readonly target: Target;
  readonly filters: readonly FilterCall[];
  readonly body: Body;
}

export interface With extends At<'with'> {
  readonly values: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: Body;
}

export interface Macro extends At<'macro'> {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

/** `{% call(parameters) callee(args) %}body{% endcall %}` */
export interface CallBlock extends At<'call block'> {
  readonly call: Call;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}

export interface FilterBlock extends At<'filter block'> {
  readonly filters: readonly FilterCall[];
  readonly body: Body;
}

export type Statement =
  | (At<'text'> & { readonly text: string })
  | (At<'print'> & { readonly value: Expression })
  | For
  | If
  | SetValue
  | SetBlock
  | With
  | Macro
  | CallBlock
  | FilterBlock;
