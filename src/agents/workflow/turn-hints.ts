import { nearMiss } from '../../checks';
import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { isDevelopment } from '../development';
import { isFailOutput } from './returned-text';
import type { RunWorkflowOptions, Workflow } from './workflow-options';

/** A turn whose workflow has returned. */
export interface ReturnedTurn {
  readonly value: unknown;
  /** The names of agents that have run. */
  readonly agents: Iterable<string>;
}

/** What is known of a workflow in this process. */
interface Known {
  readonly agents: Set<string>;
  /** What was already logged; each warning is logged once. */
  readonly told: Set<string>;
}

type NamedOptions = Pick<RunWorkflowOptions, 'show' | 'widgets' | 'readsHistory'>;

const OPTIONS = ['show', 'widgets', 'readsHistory'] as const;
const known = new WeakMap<object, Known>();

/** Warns in development of options that seem to have no effect, and of runs without `chatRunner`. */
export function hintAtNames<I, R>(
  ctx: ChatContext,
  workflow: Workflow<I, R>,
  options: NamedOptions,
  { value, agents }: ReturnedTurn,
): void {
  if (!isDevelopment(ctx)) return;
  const seen = known.get(workflow) ?? { agents: new Set(), told: new Set() };
  known.set(workflow, seen);
  for (const name of agents) seen.agents.add(name);
  if (seen.agents.size === 0) {
    if (!isFailOutput(value)) hintAtRunner(ctx, seen);
    return;
  }
  for (const option of OPTIONS) {
    const rules = options[option];
    if (typeof rules === 'object') hintAtKeys(ctx, option, Object.keys(rules), seen);
  }
}

function hintAtRunner(ctx: ChatContext, { told }: Known): void {
  if (!isNew(told, 'runner')) return;
  const fix = 'If it runs agents, make its Runner: const Runner = chatRunner(SdkRunner).';
  ctx.log.warn(
    { fix },
    'no run of the workflow used chatRunner(): the chat shows no runs, and they read no history',
  );
}

/** A key is probably wrong if it resembles the name of an agent without a key. */
function hintAtKeys(
  ctx: ChatContext,
  option: string,
  keys: readonly string[],
  { agents, told }: Known,
): void {
  const others = [...agents].filter((name) => !keys.includes(name));
  if (others.length === 0) return;
  for (const key of keys.filter((each) => !agents.has(each))) {
    const meant = nearMiss(key, others);
    if (!isNew(told, `${option} ${key} ${meant ?? ''}`)) continue;
    if (meant === undefined) {
      ctx.log.info(
        { option, key, agents: [...agents] },
        `no agent with the name of this key in \`${option}\` has run yet`,
      );
    } else {
      const fix = `Did you mean "${meant}"?`;
      ctx.log.warn({ option, key, fix }, `no agent has the name of this key in \`${option}\``);
    }
  }
}

/** Warns in development that the user sees no answer. */
export function hintAtNothing(ctx: ChatContext, returned: unknown): void {
  if (!isDevelopment(ctx)) return;
  if (returned === undefined) {
    const fix = 'Return a text, or show an agent of this branch with `show` or `widgets`.';
    ctx.log.warn({ fix }, 'the workflow returned nothing, and nothing was shown');
    return;
  }
  const fields = isRecord(returned) ? Object.keys(returned) : undefined;
  const what = fields === undefined ? typeof returned : `{ ${fields.join(', ')} }`;
  const fix = 'Return the text to show from `answer`: (returned) => …; or () => undefined, if there is none.';
  ctx.log.warn({ returned: what, fix }, `the workflow returned ${what}, and nothing was shown`);
}

function isNew(told: Set<string>, what: string): boolean {
  const before = told.size;
  return told.add(what).size > before;
}
