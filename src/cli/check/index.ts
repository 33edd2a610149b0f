import { defineCommand, jsonText, report } from '../command';
import { APP_OPTIONS, APP_USAGE, loadApp } from '../load-app';
import { startupProblems } from '../startup-problems';
import { outcomeOf, outcomeOfProblems, type Outcome } from './outcome';
import { outcomeText } from './outcome-text';

const USAGE = `Usage: chatkit-controllers check --app <module> [options]

Checks that every action in the app's widgets has a handler that accepts its payload. The widgets
are those that the app lists: chatkit({ widgets: [template, exampleWidget] }).

Options:
${APP_USAGE}
  --strict          also fail if no widget sends the action of some handler, or if no widgets are listed
  --json            print one JSON document (see docs/checks.md)

Exit codes: 0 no problems, 1 there are problems, 2 nothing could be checked.
`;

export const check = defineCommand({
  name: 'check',
  summary: ['check --app <module>', 'checks that every action of the widgets has a handler'],
  usage: USAGE,
  options: { ...APP_OPTIONS, strict: { type: 'boolean' }, json: { type: 'boolean' } },
  async run({ strict = false, json, ...values }, _, { style }) {
    const outcome = await outcomeFor(values, strict);
    return report(outcome.ok ? 0 : 1, json === true ? jsonText(outcome) : outcomeText(outcome, style));
  },
});

async function outcomeFor(values: Parameters<typeof loadApp>[0], strict: boolean): Promise<Outcome> {
  try {
    return outcomeOf((await loadApp(values)).check(), strict);
  } catch (error) {
    const problems = startupProblems(error);
    if (problems === undefined) throw error;
    return outcomeOfProblems(problems);
  }
}
