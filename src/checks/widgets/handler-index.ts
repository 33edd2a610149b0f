import { payloadProbe, type ExecutionOptions, type PayloadProbe } from '../../execution';
import type { HandlerDeclaration, HandlerDefinition, HandlerKind } from '../../metadata';
import { parsePattern, patternProblem, patternText } from '../../routing';
import { PatternTable } from '../../routing';
import { nearMiss } from './near-miss';

/** The two kinds of action handlers. */
export type ActionKind = Extract<HandlerKind, 'action' | 'sync_action'>;

export const otherKind = (kind: ActionKind): ActionKind => (kind === 'action' ? 'sync_action' : 'action');

/** One pattern of one handler. */
export interface HandlerRoute {
  readonly kind: ActionKind;
  /** `ItemController.select`. */
  readonly where: string;
  readonly pattern: string;
  /** Whether the pattern is one name. */
  readonly exact: boolean;
  /** The fields that must be signed; `undefined` if none must be. */
  readonly signed: readonly string[] | undefined;
  /** Finds what is wrong with a payload for the handler. */
  readonly probe: PayloadProbe;
}

/** The action handlers by name, with the lookup that requests use. */
export class HandlerIndex {
  readonly routes: readonly HandlerRoute[];
  private readonly tables = {
    action: new PatternTable<HandlerRoute>(),
    sync_action: new PatternTable<HandlerRoute>(),
  };

  constructor(definitions: readonly HandlerDefinition[], options: ExecutionOptions) {
    this.routes = definitions.flatMap((definition) => {
      const { kind } = definition.declaration;
      return kind === 'action' || kind === 'sync_action' ? this.add(kind, definition, options) : [];
    });
  }

  find(kind: ActionKind, name: string): HandlerRoute | undefined {
    return this.tables[kind].find(name);
  }

  /** The handlers' exact names. */
  names(kind: ActionKind): string[] {
    return this.routes.filter((route) => route.exact && route.kind === kind).map(({ pattern }) => pattern);
  }

  /** The exact name closest to an unknown name, preferably of the same kind. */
  nearest(kind: ActionKind, name: string): string | undefined {
    return nearMiss(name, this.names(kind)) ?? nearMiss(name, this.names(otherKind(kind)));
  }

  private add(kind: ActionKind, definition: HandlerDefinition, options: ExecutionOptions): HandlerRoute[] {
    const { where, patterns, declaration } = definition;
    const signed = signedFields(declaration);
    const probe = payloadProbe(definition, options);
    return patterns.flatMap((pattern) => {
      if (patternProblem(pattern) !== undefined) return [];
      const exact = parsePattern(pattern).kind === 'exact';
      const route = Object.freeze({ kind, where, pattern: patternText(pattern), exact, signed, probe });
      return this.tables[kind].add(pattern, route) === undefined ? [route] : [];
    });
  }
}

function signedFields({ signed = false }: HandlerDeclaration): readonly string[] | undefined {
  if (typeof signed === 'boolean') return signed ? [] : undefined;
  return signed;
}
