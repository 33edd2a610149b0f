import type { StartupProblem } from '../errors';
import type { HandlerDefinition } from '../metadata';

/** A handler that accepts only signed actions would never run without signing keys. */
export function signingProblems(
  { declaration, where }: HandlerDefinition,
  { signing = false }: { signing?: boolean | undefined },
): StartupProblem[] {
  if (signing || declaration.signed === undefined || declaration.signed === false) return [];
  return [
    {
      code: 'signed_without_keys',
      where,
      message: 'it accepts only signed actions, but the app has no signing keys.',
      fix: 'Give the app the option `signing: { keys: [process.env.CHAT_SIGNING_KEY] }`.',
    },
  ];
}
