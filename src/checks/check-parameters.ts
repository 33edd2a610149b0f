import type { StartupProblem } from '../errors';
import type { AnyFunction, HandlerDefinition, HandlerKind } from '../metadata';

const STREAMING: ReadonlySet<HandlerKind> = new Set(['action', 'message']);
const ACTIONS: ReadonlySet<HandlerKind> = new Set(['action', 'sync_action']);

export function handlesActions({ declaration }: HandlerDefinition): boolean {
  return ACTIONS.has(declaration.kind);
}

function isGenerator(method: AnyFunction): boolean {
  return Object.prototype.toString.call(method).includes('Generator');
}

function generatorProblems({ declaration, implementation, where }: HandlerDefinition): StartupProblem[] {
  if (STREAMING.has(declaration.kind) || !isGenerator(implementation)) return [];
  const sync = declaration.kind === 'sync_action';
  return [
    {
      code: 'generator_not_allowed',
      where,
      message: `${sync ? 'a sync action' : declaration.decorator} must return one value, but the method is a generator.`,
      fix: `Return the value instead of yielding events${sync ? ', or remove { sync: true }' : ''}.`,
    },
  ];
}

function mixedProblems({ params, signature, where }: HandlerDefinition): StartupProblem[] {
  if (params.size === 0) return [];
  const count = Math.max(signature.length, ...[...params.keys()].map((index) => index + 1));
  const bare = Array.from({ length: count }, (_, index) => index).filter((index) => !params.has(index));
  if (bare.length === 0) return [];
  return [
    {
      code: 'mixed_parameters',
      where,
      message: `some parameters are decorated and others not (position ${bare.map((index) => String(index + 1)).join(', ')}).`,
      fix: 'Decorate all parameters, or none: undecorated methods receive the input and the context.',
    },
  ];
}

function misplacedProblems(definition: HandlerDefinition): StartupProblem[] {
  const { declaration, params, where } = definition;
  const kinds = [...params.values()].map(({ kind }) => kind);
  const problems: StartupProblem[] = [];
  if (kinds.includes('payload') && !handlesActions(definition)) {
    problems.push({
      code: 'payload_outside_action',
      where,
      message: `the handler has @Payload, but ${declaration.decorator} has no payload.`,
      fix: 'Only actions have payloads. Leave the parameters of this handler undecorated: (input, ctx).',
    });
  }
  if (kinds.includes('thread') && declaration.kind === 'transcribe') {
    problems.push({
      code: 'thread_in_transcription',
      where,
      message: 'the handler has @Thread, but a transcription has no thread.',
      fix: 'Remove @Thread.',
    });
  }
  return problems;
}

/** Finds problems with a handler's method and its parameters, except for payload types. */
export function parameterProblems(definition: HandlerDefinition): StartupProblem[] {
  return [...generatorProblems(definition), ...mixedProblems(definition), ...misplacedProblems(definition)];
}
