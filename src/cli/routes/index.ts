import { defineCommand, jsonText, report } from '../command';
import { APP_OPTIONS, APP_USAGE, loadApp } from '../load-app';
import { problemsText } from '../problems-text';
import { startupProblems } from '../startup-problems';
import { routesText } from './routes-text';

const USAGE = `Usage: chatkit-controllers routes --app <module> [options]

Lists the handlers of an app: kind, action name, class and method, payload, and guards of each.

Options:
${APP_USAGE}
  --json            print the registry as one JSON array, with the JSON Schemas of payloads
                    (see docs/registry.md)

Exit codes: 0 the handlers are listed, 1 the app does not start, 2 no app was found.
`;

export const routes = defineCommand({
  name: 'routes',
  summary: ['routes --app <module>', 'lists the handlers of an app'],
  usage: USAGE,
  options: { ...APP_OPTIONS, json: { type: 'boolean' } },
  async run({ json, ...values }, _, { style }) {
    try {
      const registry = (await loadApp(values)).registry();
      return report(0, json === true ? jsonText(registry) : routesText(registry, style));
    } catch (error) {
      const problems = startupProblems(error);
      if (problems === undefined) throw error;
      return report(1, json === true ? jsonText({ problems }) : problemsText(problems, style));
    }
  },
});
