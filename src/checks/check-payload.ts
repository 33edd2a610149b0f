import type { StartupProblem } from '../errors';
import { payloadParam, payloadTypeOf, validatorsOf } from '../execution';
import { isClass, isStandardSchema, type Class, type HandlerDefinition, type PayloadType } from '../metadata';
import { dtoProblems } from './check-dto';
import { handlesActions } from './check-parameters';

/** What reflection reports for types that are not classes of the app, and the wrappers of primitives. */
const BUILT_IN: ReadonlySet<unknown> = new Set<unknown>([
  ...[
    Object,
    String,
    Number,
    Boolean,
    BigInt,
    Symbol,
    Array,
    Function,
    Promise,
    Date,
    RegExp,
    Map,
    Set,
    Error,
  ],
  ...[WeakMap, WeakSet, ArrayBuffer, Uint8Array, Buffer, URL],
]);

const NAME_THE_TYPE =
  "Name the type: @Payload(Dto), { payload: Dto } in @OnAction, a Standard Schema in either place, or 'unchecked'.";

function invisible(where: string, emitted: boolean): StartupProblem {
  const [why, first] = emitted
    ? ['it is an interface, a union, unknown, an "import type", or a class from a circular import.', '']
    : whyNothingEmitted();
  return {
    code: 'payload_type_invisible',
    where,
    message: `the type of the payload cannot be seen at run time: ${why}`,
    fix: first + NAME_THE_TYPE,
  };
}

/** Why the emitted types are missing, and the fix for tsc. The other compilers cannot emit them. */
function whyNothingEmitted(): readonly [why: string, fix: string] {
  if (!('getMetadata' in Reflect)) {
    return [
      'reflect-metadata, which stores the types that the compiler emits, is not loaded.',
      "Put `import 'reflect-metadata';` first in the file that starts the program. Or name the type, which needs neither reflect-metadata nor emitted types.\n",
    ];
  }
  return [
    'the compiler emitted no types (esbuild and tsx never do; tsc does with emitDecoratorMetadata, and reflect-metadata must be imported first).',
    'With tsc: set "emitDecoratorMetadata": true in tsconfig.json, and put `import \'reflect-metadata\';` before the imports of controllers.\n',
  ];
}

function builtIn(where: string, type: Class): StartupProblem {
  return {
    code: 'payload_type_built_in',
    where,
    message: `the payload's type is ${type.name}, which cannot be validated.`,
    fix: "A payload is an object: name a class with class-validator decorators, a Standard Schema, or 'unchecked'.",
  };
}

function conflict(where: string, message: string, fix: string): StartupProblem {
  return { code: 'payload_type_conflict', where, message, fix };
}

function typeName(type: PayloadType | 'none'): string {
  return isStandardSchema(type) ? 'a schema' : isClass(type) ? type.name : `'${type}'`;
}

/** Whether the emitted type is useless: the compiler writes Object for every type that is not a class. */
function isInvisible(emitted: unknown): boolean {
  return emitted === undefined || emitted === Object;
}

/** Whether instances of `type` are instances of `wanted`. */
function fits(type: Class, wanted: Class): boolean {
  return type === wanted || type.prototype instanceof wanted;
}

/** Conflicts between `@Payload` and the payload type of the action definition or the options. */
function namedConflicts(
  { where, declaration }: HandlerDefinition,
  named: PayloadType | undefined,
): StartupProblem[] {
  const declared = declaration.payload;
  if (declared === 'none') {
    return [
      conflict(
        where,
        'the handler has @Payload, but its action definition has no payload.',
        'Give the definition a type: defineAction(name, Dto), or remove @Payload.',
      ),
    ];
  }
  if (declared === undefined || named === undefined || declared === named) return [];
  return [
    conflict(
      where,
      `the payload is ${typeName(declared)} in @OnAction, but ${typeName(named)} in @Payload.`,
      'Name one type, in one place.',
    ),
  ];
}

/** The emitted type of the payload parameter, decorated or not. */
function emittedPayload(definition: HandlerDefinition): unknown {
  if (definition.params.size === 0) return definition.paramTypes?.[0];
  return payloadParam(definition)?.emitted;
}

/** Conflicts where the payload will not be an instance of the parameter's class. */
function classConflicts(definition: HandlerDefinition): StartupProblem[] {
  const { where, declaration, params } = definition;
  const emitted = emittedPayload(definition);
  if (!isClass(emitted) || BUILT_IN.has(emitted)) return [];
  if (declaration.payload === 'none' && params.size === 0) {
    return [
      conflict(
        where,
        `the parameter's type is ${emitted.name}, but its action definition has no payload.`,
        `Give the definition a type: defineAction(name, ${emitted.name}), or remove the parameter.`,
      ),
    ];
  }
  const type = payloadTypeOf(definition);
  if (type === undefined || type === 'unchecked') return [];
  // A schema may create instances of a class, but not of a class that has validators of its own.
  const agrees = isStandardSchema(type) ? validatorsOf(emitted).length === 0 : fits(type, emitted);
  if (agrees) return [];
  return [
    conflict(
      where,
      `the payload is validated as ${typeName(type)}, but the parameter's type is ${emitted.name}.`,
      'Give the parameter the type of the action definition or of the options.',
    ),
  ];
}

function parameterProblems(definition: HandlerDefinition): StartupProblem[] {
  const { where, params, paramTypes, declaration } = definition;
  const param = payloadParam(definition);
  if (param === undefined) return classConflicts(definition);
  const problems = [...namedConflicts(definition, param.type), ...classConflicts(definition)];
  if ([...params.values()].filter(({ kind }) => kind === 'payload').length > 1) {
    problems.push({
      code: 'duplicate_payload',
      where,
      message: '@Payload is on more than one parameter.',
      fix: 'Use @Payload once, and destructure its fields in the method.',
    });
  }
  const isNamed = param.type !== undefined || declaration.payload !== undefined;
  if (!isNamed && isInvisible(param.emitted)) problems.push(invisible(where, paramTypes !== undefined));
  return problems;
}

function typeProblems(type: PayloadType, where: string): StartupProblem[] {
  if (type === 'unchecked' || isStandardSchema(type)) return [];
  return BUILT_IN.has(type) ? [builtIn(where, type)] : dtoProblems(type, where);
}

/** For `(payload, ctx)` without decorators, only the options can give the payload type. */
function undecoratedProblems({
  where,
  params,
  paramTypes,
  signature,
  declaration,
}: HandlerDefinition): StartupProblem[] {
  if (params.size > 0 || declaration.payload !== undefined) return [];
  if (Math.max(signature.length, paramTypes?.length ?? 0) === 0) return [];
  return [
    {
      code: 'payload_type_missing',
      where,
      message: 'the method receives the payload as its first parameter, but its type is not given.',
      fix: [
        `Name an action definition, as in ${declaration.decorator}(selectItem), or the type: ${declaration.decorator}(…, { payload: Dto }).`,
        "The type is a class, a Standard Schema or 'unchecked'.",
        'A handler without a payload takes its context by a decorator: (@Context() ctx: ChatContext).',
      ].join(' '),
    },
  ];
}

/** Finds problems with the type of a handler's payload. */
export function payloadProblems(definition: HandlerDefinition): StartupProblem[] {
  if (!handlesActions(definition)) return [];
  const problems = [...parameterProblems(definition), ...undecoratedProblems(definition)];
  const type = payloadTypeOf(definition);
  if (type === undefined || problems.some(({ code }) => code === 'payload_type_invisible')) return problems;
  return [...problems, ...typeProblems(type, definition.where)];
}
