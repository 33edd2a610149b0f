import type { ChatContext } from '../../context';
import { loadState, UsedState, type StateDefinition } from './kept-state';

/** The states at the start of a turn: JSON text by name. */
export type BegunStates = Readonly<Record<string, string>>;

/** The states that a workflow uses in a turn. A replayed turn gets the states at its first start. */
export class TurnStates {
  private readonly used = new Map<string, Promise<UsedState<object>>>();
  private readonly loaded = new Map<string, string>();

  constructor(
    private readonly ctx: ChatContext,
    begun: BegunStates = {},
  ) {
    for (const [name, text] of Object.entries(begun)) this.loaded.set(name, text);
  }

  async use<S extends object>(definition: StateDefinition<S>): Promise<S> {
    const { name } = definition;
    const used = this.used.get(name) ?? this.begin(definition);
    this.used.set(name, used);
    return (await used).state as S;
  }

  get begun(): BegunStates {
    return Object.fromEntries(this.loaded);
  }

  /** Stores the changes. @throws DeveloperError `state_not_kept` */
  async keep(): Promise<void> {
    for (const used of this.used.values()) await (await used).keep(this.ctx);
  }

  private async begin<S extends object>(definition: StateDefinition<S>): Promise<UsedState<object>> {
    const { name } = definition;
    const text = this.loaded.get(name) ?? JSON.stringify(await loadState(this.ctx, definition));
    this.loaded.set(name, text);
    return new UsedState<object>(definition, text);
  }
}
