export const USAGE = `Usage: chatkit-controllers check --app <module> [options]

Proves that every action that the app's widgets can send has a handler which takes its payload.
The widgets are those that the app names: chatkit({ widgets: [template, exampleWidget] }).

Options:
  --app <module>    the compiled module that exports the app, e.g. dist/app.js
  --export <name>   which export is the app, or a function that makes it;
                    by default the default export, "app", or the only app that there is
  --strict          also fail when a handler's action is sent by no widget, or no widgets are named
  --json            print one JSON document (see docs/checks.md)
  -h, --help        print this
  -v, --version     print the version

Exit codes: 0 all is well, 1 there are problems, 2 nothing could be checked.
`;

/** The command was not understood, or there is nothing to check: exit code 2, without a stack. */
export class UsageError extends Error {}
