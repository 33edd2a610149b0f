import { resolve } from 'node:path';
import { defineCommand, jsonText, report, type Values } from '../command';
import { readManifest } from '../manifest';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { refusalOf, writeProject } from '../write-project';
import { askChoices, type Answers } from './ask-choices';
import { callingPackageManager, MODULES, PACKAGE_MANAGERS, STORES, valueOf, type Choices } from './choices';
import { initText } from './init-text';
import { projectFiles } from './project-files';

const USAGE = `Usage: chatkit-controllers init [folder] [options]

Creates a new project: a server with a chat and the playground, a controller with a message handler
and a button, and a test. On a terminal it asks for the choices that the options do not make.

Options:
  --store <name>            memory, sqlite or postgres; sqlite by default
  --agent                   an agent of the OpenAI Agents SDK answers messages
  --module <kind>           esm or commonjs; esm by default
  --package-manager <name>  npm, pnpm, yarn or bun; by default the one that runs the command
  -y, --yes                 ask nothing, and take the defaults
  --force                   write into a folder that is not empty, and replace files of the same names
  --json                    print one JSON document: the choices, and the files that were written

Exit codes: 0 the project was written, 2 nothing was written.
`;

const OPTIONS = {
  store: { type: 'string' },
  agent: { type: 'boolean' },
  module: { type: 'string' },
  'package-manager': { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const init = defineCommand({
  name: 'init',
  summary: ['init [folder]', 'creates a new project with a chat'],
  usage: USAGE,
  options: OPTIONS,
  positional: 'folder',
  async run(values, folder = '.', terminal) {
    const given = givenChoices(values);
    const refusal = refusalOf(resolve(folder), values.force === true, 'name another folder');
    if (refusal !== undefined) throw new UsageError(refusal);
    const choices = { ...(await choicesOf(given, values, terminal)), folder };
    const files = projectFiles(choices, readManifest());
    writeProject(resolve(folder), files);
    const paths = files.map(({ path }) => path);
    return report(
      0,
      values.json === true ? jsonText({ ...choices, files: paths }) : initText(choices, terminal.style),
    );
  },
});

const DEFAULTS: Answers = { store: 'sqlite', agent: false, module: 'esm' };

/** @throws UsageError if a value is not one of the allowed ones */
function givenChoices({ store, agent, module, 'package-manager': manager }: Values<typeof OPTIONS>) {
  return {
    ...(store !== undefined && { store: valueOf('store', STORES, store) }),
    ...(agent !== undefined && { agent }),
    ...(module !== undefined && { module: valueOf('module', MODULES, module) }),
    packageManager: valueOf(
      'package-manager',
      PACKAGE_MANAGERS,
      manager ?? callingPackageManager(process.env),
    ),
  };
}

async function choicesOf(
  given: ReturnType<typeof givenChoices>,
  { yes, json }: Values<typeof OPTIONS>,
  { ask }: Terminal,
): Promise<Omit<Choices, 'folder'>> {
  const isAsked = yes !== true && json !== true && ask !== undefined;
  return { ...(isAsked ? await askChoices(ask, given) : DEFAULTS), ...given };
}
