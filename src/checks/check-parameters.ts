import type { BootFault } from '../errors';
import type { AnyFunction, HandlerDefinition, HandlerKind } from '../metadata';

const STREAMING: ReadonlySet<HandlerKind> = new Set(['action', 'message']);
const ACTIONS: ReadonlySet<HandlerKind> = new Set(['action', 'sync_action']);

export function handlesActions({ declaration }: HandlerDefinition): boolean {
  return ACTIONS.has(declaration.kind);
}

function isGenerator(method: AnyFunction): boolean {
  return Object.prototype.toString.call(method).includes('Generator');
}

function generatorFaults({ declaration, implementation, where }: HandlerDefinition): BootFault[] {
  if (STREAMING.has(declaration.kind) || !isGenerator(implementation)) return [];
  const sync = declaration.kind === 'sync_action';
  return [
    {
      code: 'generator_not_allowed',
      where,
      message: `${sync ? 'a sync action' : declaration.decorator} answers with one value, and the method is a generator.`,
      remedy: `Return the value instead of yielding events${sync ? ', or take { sync: true } away' : ''}.`,
    },
  ];
}

function mixedFaults({ params, signature, where }: HandlerDefinition): BootFault[] {
  if (params.size === 0) return [];
  const count = Math.max(signature.length, ...[...params.keys()].map((index) => index + 1));
  const bare = Array.from({ length: count }, (_, index) => index).filter((index) => !params.has(index));
  if (bare.length === 0) return [];
  return [
    {
      code: 'mixed_parameters',
      where,
      message: `some parameters are decorated and others not (position ${bare.map((index) => String(index + 1)).join(', ')}).`,
      remedy: 'Decorate all parameters, or none: undecorated methods receive the input and the context.',
    },
  ];
}

function misplacedFaults(definition: HandlerDefinition): BootFault[] {
  const { declaration, params, where } = definition;
  const kinds = [...params.values()].map(({ kind }) => kind);
  const faults: BootFault[] = [];
  if (kinds.includes('payload') && !handlesActions(definition)) {
    faults.push({
      code: 'payload_outside_action',
      where,
      message: `@Payload is there, and ${declaration.decorator} has no payload.`,
      remedy:
        'Only actions have payloads. For what this handler receives leave its parameters undecorated: (input, ctx).',
    });
  }
  if (kinds.includes('thread') && declaration.kind === 'transcribe') {
    faults.push({
      code: 'thread_in_transcription',
      where,
      message: '@Thread is there, and speech is transcribed outside of any thread.',
      remedy: 'Take @Thread away.',
    });
  }
  return faults;
}

/** What is wrong with a handler's method and its parameters, payload types apart. */
export function parameterFaults(definition: HandlerDefinition): BootFault[] {
  return [...generatorFaults(definition), ...mixedFaults(definition), ...misplacedFaults(definition)];
}
