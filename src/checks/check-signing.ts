import type { StartupProblem } from '../errors';
import type { HandlerDefinition } from '../metadata';

/** A handler that takes signed actions only would take none where nothing signs them. */
export function signingProblems(
  { declaration, where }: HandlerDefinition,
  { signing = false }: { signing?: boolean | undefined },
): StartupProblem[] {
  if (signing || declaration.signed === undefined || declaration.signed === false) return [];
  return [
    {
      code: 'signed_without_keys',
      where,
      message: 'it takes signed actions only, and the application has no keys to sign with.',
      fix: 'Give the application `signing: { keys: [process.env.CHAT_SIGNING_KEY] }`.',
    },
  ];
}
