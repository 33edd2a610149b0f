/*
 * The part of `@huggingface/jinja` that is used here: its lexer and its parser. What templates mean
 * is ours (compile.ts), since they must mean what they mean in Python.
 */

export interface Token {
  readonly value: string;
  readonly type: string;
  /** Ours: the line, counted from one. */
  readonly line?: number | undefined;
  /** Ours: how many brackets stand open around it. */
  readonly depth?: number;
}

export interface Engine {
  tokenize(source: string): Token[];
  parse(tokens: readonly Token[]): Program;
}

export interface Program {
  readonly type: 'Program';
  readonly body: readonly Node[];
}

export interface Identifier {
  readonly type: 'Identifier';
  readonly value: string;
}

export interface Keyword {
  readonly type: 'KeywordArgumentExpression';
  readonly key: Identifier;
  readonly value: Node;
}

export interface Binary {
  readonly type: 'BinaryExpression';
  readonly operator: Token;
  readonly left: Node;
  readonly right: Node;
}

export interface Call {
  readonly type: 'CallExpression';
  readonly callee: Node;
  readonly args: readonly Node[];
}

export interface Filter {
  readonly type: 'FilterExpression';
  readonly operand: Node;
  readonly filter: Identifier | Call;
}

export interface Member {
  readonly type: 'MemberExpression';
  readonly object: Node;
  readonly property: Node;
  readonly computed: boolean;
}

export interface Slice {
  readonly type: 'SliceExpression';
  readonly start?: Node;
  readonly stop?: Node;
  readonly step?: Node;
}

export interface Select {
  readonly type: 'SelectExpression';
  readonly lhs: Node;
  readonly test: Node;
}

export interface TupleLiteral {
  readonly type: 'TupleLiteral';
  readonly value: readonly Node[];
}

export type Expression =
  | Identifier
  | Binary
  | Call
  | Filter
  | Member
  | Select
  | TupleLiteral
  | { readonly type: 'IntegerLiteral' | 'FloatLiteral'; readonly value: number }
  | { readonly type: 'StringLiteral'; readonly value: string }
  | { readonly type: 'ArrayLiteral'; readonly value: readonly Node[] }
  | { readonly type: 'ObjectLiteral'; readonly value: ReadonlyMap<Node, Node> }
  | { readonly type: 'UnaryExpression'; readonly operator: Token; readonly argument: Node }
  | { readonly type: 'Ternary'; readonly condition: Node; readonly trueExpr: Node; readonly falseExpr: Node };

/** What stands only inside calls and subscripts. */
type Part =
  | Keyword
  | Slice
  | { readonly type: 'SpreadExpression' | 'KeywordSpreadExpression'; readonly argument: Node };

export interface For {
  readonly type: 'For';
  readonly loopvar: Node;
  readonly iterable: Node;
  readonly body: readonly Node[];
  readonly defaultBlock: readonly Node[];
}

export interface SetStatement {
  readonly type: 'Set';
  readonly assignee: Node;
  readonly value: Node | null;
  readonly body: readonly Node[];
}

export interface MacroStatement {
  readonly type: 'Macro';
  readonly name: Identifier;
  readonly args: readonly (Identifier | Keyword)[];
  readonly body: readonly Node[];
}

export interface CallStatement {
  readonly type: 'CallStatement';
  readonly call: Call;
  readonly callerArgs: readonly (Identifier | Keyword)[] | null;
  readonly body: readonly Node[];
}

export type Statement =
  | For
  | SetStatement
  | MacroStatement
  | CallStatement
  | {
      readonly type: 'If';
      readonly test: Node;
      readonly body: readonly Node[];
      readonly alternate: readonly Node[];
    }
  | { readonly type: 'FilterStatement'; readonly filter: Identifier | Call; readonly body: readonly Node[] }
  | { readonly type: 'Comment' | 'Break' | 'Continue' };

export type Node = Expression | Part | Statement;
