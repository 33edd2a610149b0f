export type Command = 'check' | 'import-workflow';

const CHECK = `Usage: chatkit-controllers check --app <module> [options]

Checks that every action that the app's widgets can send has a handler that accepts its payload.
The widgets are those that the app lists: chatkit({ widgets: [template, exampleWidget] }).

Options:
  --app <module>    the compiled module that exports the app, e.g. dist/app.js
  --export <name>   which export is the app, or a function that makes it;
                    by default the default export, "app", or the only app
  --strict          also fail when a handler's action is sent by no widget, or no widgets are listed
  --json            print one JSON document (see docs/checks.md)

Exit codes: 0 no problems, 1 there are problems, 2 nothing could be checked.
`;

const IMPORT = `Usage: chatkit-controllers import-workflow <file> [options]

Makes a project of a workflow that Agent Builder has exported as TypeScript ("Code", "Agents SDK"):
a server with the chat, a test, and a list of what is left to do. The file itself is not changed.
Needs the package typescript, of the project or beside this one.

Options:
  --out <folder>      the folder of the project; <file>-chat by default
  --force             write into a folder that is not empty: files of the same names are replaced
  --workflow <name>   which function is the workflow; by default "runWorkflow", or the only one
  --uploads           let users attach files
  --greeting <text>   of the page's start screen
  --prompt <text>     a prompt of the page's start screen; may be given several times
  --json              print one JSON document (see docs/from-agent-builder.md)

Exit codes: 0 the project was written, 1 the file is no such export, 2 nothing could be done.
`;

const USAGES: Readonly<Record<Command, string>> = { check: CHECK, 'import-workflow': IMPORT };

/** How a command is called, or all of them. */
export function usageOf(command?: Command): string {
  const options =
    'With all commands:\n  -h, --help        print this\n  -v, --version     print the version\n';
  const usages = command === undefined ? Object.values(USAGES) : [USAGES[command]];
  return [...usages, options].join('\n');
}

/** The command was not understood, or there is nothing to do: exit code 2, without a stack. */
export class UsageError extends Error {}
