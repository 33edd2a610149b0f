import type { BootFault } from '../errors';
import type { HandlerDefinition } from '../metadata';

/** A handler that takes signed actions only would take none where nothing signs them. */
export function signingFaults(
  { declaration, where }: HandlerDefinition,
  { signing = false }: { signing?: boolean | undefined },
): BootFault[] {
  if (signing || declaration.signed === undefined || declaration.signed === false) return [];
  return [
    {
      code: 'signed_without_keys',
      where,
      message: 'it takes signed actions only, and the application has no keys to sign with.',
      remedy: 'Give the application `signing: { keys: [process.env.CHAT_SIGNING_KEY] }`.',
    },
  ];
}
