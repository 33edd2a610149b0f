import type { StartupProblem } from '../../errors';
import type { ExecutionOptions } from '../../execution';
import type { HandlerDefinition } from '../../metadata';
import { checkAction, type ActionPlace, type Verdict } from './check-action';
import { exhibit, type WidgetExample } from './examples';
import type { Finding } from './findings';
import { HandlerIndex, type ActionKind } from './handler-index';

/** An action that a widget can send to the server. */
export interface CheckedAction {
  /** The template's name, or `widgets[2]`. */
  readonly widget: string;
  /** The path in the widget: `children.0.onClickAction`. */
  readonly path: string;
  /** The component that sends it: `Button`. */
  readonly component: string;
  readonly action: string;
  readonly kind: ActionKind;
  /** The handler: `ItemController.select`; `null` if there is none. */
  readonly handler: string | null;
}

/** A handler's name or pattern that no widget's action matches. */
export interface UnusedPattern {
  /** `ItemController.select`. */
  readonly where: string;
  readonly kind: ActionKind;
  readonly pattern: string;
}

/** The result of checking an app's widgets against its handlers. */
export interface CheckReport {
  /** The checked widgets, with the number of actions in each. */
  readonly widgets: readonly { readonly name: string; readonly actions: number }[];
  readonly actions: readonly CheckedAction[];
  readonly problems: readonly StartupProblem[];
  readonly unused: readonly UnusedPattern[];
}

/** One problem, and every place where it occurs. */
interface Group {
  readonly finding: Finding;
  readonly places: ActionPlace[];
}

interface Judged {
  readonly place: ActionPlace;
  readonly verdict: Verdict;
}

/** Checks widgets against handlers. */
export class WidgetCheck {
  private readonly handlers: HandlerIndex;

  constructor(definitions: readonly HandlerDefinition[], options: ExecutionOptions) {
    this.handlers = new HandlerIndex(definitions, options);
  }

  /** The handler name closest to an action name without a handler. */
  nearest(kind: ActionKind, name: string): string | undefined {
    return this.handlers.nearest(kind, name);
  }

  /** Returns the complete report on these widgets. */
  report(widgets: readonly WidgetExample[]): CheckReport {
    const shown = widgets.map(exhibit).map(({ name, places, problem }) => {
      const judged = this.judge(places);
      return { name, problem, judged, actions: checkedActions(judged) };
    });
    const judged = shown.flatMap((each) => each.judged);
    return {
      widgets: shown.map(({ name, actions }) => ({ name, actions: actions.length })),
      actions: shown.flatMap(({ actions }) => actions),
      problems: [...shown.flatMap(({ problem }) => problem ?? []), ...problemsOf(judged)],
      unused: this.unused(judged),
    };
  }

  /** Finds the problems of these actions. The same problem in several places is reported once. */
  problems(places: readonly ActionPlace[]): StartupProblem[] {
    return problemsOf(this.judge(places));
  }

  private judge(places: readonly ActionPlace[]): Judged[] {
    return places.map((place) => ({ place, verdict: checkAction(place, this.handlers) }));
  }

  private unused(judged: readonly Judged[]): UnusedPattern[] {
    const used = new Set(judged.map(({ verdict }) => verdict.handler));
    return this.handlers.routes
      .filter((route) => !used.has(route))
      .map(({ where, kind, pattern }) => ({ where, kind, pattern }));
  }
}

/** The actions of one entry as data. Actions that several samples share are listed once. */
function checkedActions(judged: readonly Judged[]): CheckedAction[] {
  const actions = judged.map(({ place: { widget, action }, verdict: { kind, handler } }) => {
    const { path, component, config } = action;
    return { widget, path, component, action: config.type, kind, handler: handler?.where ?? null };
  });
  return [...new Map(actions.map((action) => [JSON.stringify(action), action])).values()];
}

function problemsOf(judged: readonly Judged[]): StartupProblem[] {
  const groups = new Map<string, Group>();
  for (const { place, verdict } of judged) {
    for (const finding of verdict.findings) {
      const key = JSON.stringify([finding.code, finding.message]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { finding, places: [place] });
      else group.places.push(place);
    }
  }
  return [...groups.values()].flatMap(toProblem);
}

function toProblem({ finding, places }: Group): StartupProblem[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  const { widget, action } = first;
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return [
    {
      code: finding.code,
      where: `${widget}, ${action.path}${more}`,
      message: finding.message,
      fix: finding.fix(places),
      widget,
      path: action.path,
      action: action.config.type,
    },
  ];
}
