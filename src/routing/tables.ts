import type { HandlerDefinition, HandlerKind } from '../metadata';
import { PatternTable } from './pattern-table';
import { ResponderTable } from './responder-table';

/** The kinds with at most one handler. */
export type SingleKind = Exclude<HandlerKind, 'action' | 'sync_action' | 'message'>;

/** The lookup tables for all kinds of handlers. The startup checks fill them with definitions instead. */
export class Tables<T extends object> {
  readonly actions = new PatternTable<T>();
  readonly syncActions = new PatternTable<T>();
  readonly responders = new ResponderTable<T>();
  readonly singles = new Map<SingleKind, T>();

  /** Adds a handler, and returns its conflicts: the pattern, if there is one, and the existing handler. */
  add(definition: HandlerDefinition, value: T): { pattern?: string | RegExp; by: T }[] {
    const { kind, tool, model } = definition.declaration;
    switch (kind) {
      case 'action':
        return this.addPatterns(this.actions, definition, value);
      case 'sync_action':
        return this.addPatterns(this.syncActions, definition, value);
      case 'message': {
        const by = this.responders.add({ tool, model }, value);
        return by === undefined ? [] : [{ by }];
      }
      case 'feedback':
      case 'transcribe':
      case 'stream_cancelled':
      case 'stream_options': {
        const by = this.singles.get(kind);
        if (by === undefined) this.singles.set(kind, value);
        return by === undefined ? [] : [{ by }];
      }
    }
  }

  private addPatterns(
    table: PatternTable<T>,
    { patterns }: HandlerDefinition,
    value: T,
  ): { pattern: string | RegExp; by: T }[] {
    return patterns.flatMap((pattern) => {
      const by = table.add(pattern, value);
      return by === undefined ? [] : [{ pattern, by }];
    });
  }
}
