import type { InspectWidget } from '../context';
import { serverActions, type ActionPlace, type WidgetCheck } from '../checks';

/** Limits of what is remembered: widgets contain user input, so there may be any number of actions. */
const MAX_ACTIONS = 1_000;
const MAX_WARNINGS = 200;

/**
 * Warns in development of actions in outgoing widgets that do not fit their handlers, or have none. Logs each
 * problem once, checks each action once, and never delays the widget for an asynchronous check.
 */
export function widgetWarnings(check: WidgetCheck): InspectWidget {
  const seen = new Set<string>();
  const told = new Set<string>();

  const isNew = ({ action, signed, partial, nulls }: ActionPlace): boolean => {
    const key = JSON.stringify([action.config, action.fields, signed, partial, nulls]);
    if (seen.has(key)) return false;
    if (seen.size >= MAX_ACTIONS) seen.clear();
    seen.add(key);
    return true;
  };
  return (component, ctx, { itemId, partial }) => {
    if (told.size >= MAX_WARNINGS) return;
    try {
      const widget = `${component.type} in ${itemId}`;
      const places = serverActions(component).map((each) => ({ ...each, widget, partial }));
      for (const { code, where, path, action, message, fix } of check.problems(places.filter(isNew))) {
        const problem = JSON.stringify([code, action, message]);
        if (told.has(problem)) continue;
        if (told.size >= MAX_WARNINGS) return;
        told.add(problem);
        ctx.log.warn(
          { code, itemId, path, action },
          `A widget has an action that does not fit its handler, or has none. ${where}: ${message}\n${fix}`,
        );
      }
    } catch (error) {
      ctx.log.debug({ err: error, itemId }, 'a widget could not be checked');
    }
  };
}
