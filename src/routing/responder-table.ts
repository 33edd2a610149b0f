/** The user's choice in the composer. */
export interface ResponderChoice {
  tool?: string | undefined;
  model?: string | undefined;
}

interface Entry<T> {
  readonly wanted: ResponderChoice;
  readonly value: T;
}

// A tool is more specific than a model.
const rank = ({ tool, model }: ResponderChoice): number =>
  (tool === undefined ? 0 : 2) + (model === undefined ? 0 : 1);

const fits = (wanted: ResponderChoice, choice: ResponderChoice): boolean =>
  (wanted.tool === undefined || wanted.tool === choice.tool) &&
  (wanted.model === undefined || wanted.model === choice.model);

/** Responders by the user's choice, in this precedence: tool and model, tool, model, any. */
export class ResponderTable<T> {
  private entries: readonly Entry<T>[] = [];

  /** Adds a responder, or returns the existing one for the same choice. */
  add({ tool, model }: ResponderChoice, value: T): T | undefined {
    const same = this.entries.find(({ wanted }) => wanted.tool === tool && wanted.model === model);
    if (same !== undefined) return same.value;
    this.entries = [...this.entries, { wanted: { tool, model }, value }].sort(
      (a, b) => rank(b.wanted) - rank(a.wanted),
    );
    return undefined;
  }

  find(choice: ResponderChoice): T | undefined {
    return this.entries.find(({ wanted }) => fits(wanted, choice))?.value;
  }
}
