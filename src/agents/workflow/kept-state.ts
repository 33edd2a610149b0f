import type { ChatContext } from '../../context';
import { DeveloperError } from '../../errors';
import { isRecord } from '../../protocol';
import { changeValue } from '../kept/change-value';
import { notPlain } from '../kept/plain-data';

/** The name of a state, and its initial value in a thread. */
export interface StateDefinition<S extends object> {
  readonly name: string;
  readonly initial: () => S;
}

export const keyFor = ({ thread }: ChatContext, name: string): string =>
  `agents.workflow-state.${thread.id}.${name}`;

/** Loads the state of a thread; fields that it lacks have their initial values. */
export async function loadState<S extends object>(
  ctx: ChatContext,
  { name, initial }: StateDefinition<S>,
): Promise<S> {
  const state = stateIn(initial, (await ctx.store.getValue(keyFor(ctx, name)))?.value);
  assertPlain(name, state);
  return state;
}

/** @throws DeveloperError `state_not_kept` */
export async function keepState<S extends object>(
  ctx: ChatContext,
  { name, initial }: StateDefinition<S>,
  change: (state: S) => S,
): Promise<S> {
  const kept = await changeValue(ctx, keyFor(ctx, name), (value) => {
    const state = change(stateIn(initial, value));
    assertPlain(name, state);
    return { value: state, result: state };
  });
  if (kept !== undefined) return kept;
  throw notKept(`The state "${name}" of a workflow`);
}

export function notKept(what: string): DeveloperError {
  return new DeveloperError(
    'state_not_kept',
    `${what} could not be stored, because other requests changed it at the same time, each time it was tried.`,
    'Change it in fewer requests at the same time.',
  );
}

/** A state that the code of a workflow changes in place. */
export class UsedState<S extends object> {
  readonly state: S;
  private readonly before: Fields;

  /** @param loaded as JSON */
  constructor(
    private readonly definition: StateDefinition<S>,
    loaded: string,
  ) {
    this.state = JSON.parse(loaded) as S;
    this.before = fieldsOf(this.state);
  }

  /** Stores the fields that have changed. Other fields keep the values that other requests have stored. */
  async keep(ctx: ChatContext): Promise<void> {
    assertPlain(this.definition.name, this.state);
    const after = fieldsOf(this.state);
    const names = new Set([...Object.keys(this.before), ...Object.keys(after)]);
    const changed = [...names].filter((name) => this.before[name] !== after[name]);
    if (changed.length === 0) return;
    await keepState(ctx, this.definition, (current) => {
      const fields = fieldsOf(current);
      for (const name of changed) fields[name] = after[name];
      return stateOf(fields) as S;
    });
  }
}

/** Checks that a later turn can get the same state. @throws DeveloperError `state_not_plain` */
function assertPlain(name: string, state: object): void {
  const odd = Array.isArray(state) ? 'it is a list' : notPlain(state);
  if (odd === undefined) return;
  throw new DeveloperError(
    'state_not_plain',
    `The state "${name}" of a workflow cannot be kept as JSON: ${odd}.`,
    'Keep an object of plain data: objects, lists, texts, numbers, booleans.',
  );
}

/** The fields of a state, each as JSON. */
type Fields = Record<string, string | undefined>;

function fieldsOf(state: object): Fields {
  const entries = Object.entries(state).map(([name, value]) => [
    name,
    JSON.stringify(value) as string | undefined,
  ]);
  return Object.fromEntries(entries) as Fields;
}

function stateOf(fields: Fields): object {
  const there = Object.entries(fields).filter(([, text]) => text !== undefined);
  return Object.fromEntries(there.map(([name, text]) => [name, JSON.parse(text ?? '') as unknown]));
}

function stateIn<S extends object>(initial: () => S, value: unknown): S {
  return isRecord(value) ? { ...initial(), ...value } : initial();
}
