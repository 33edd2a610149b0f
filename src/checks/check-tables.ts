import type { BootFault } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { patternFault, quotedPattern } from '../routing';
import { Tables } from '../routing';

function isUsable(pattern: string | RegExp): boolean {
  return patternFault(pattern) === undefined;
}

function patternFaults({ where, patterns }: HandlerDefinition): BootFault[] {
  return patterns.flatMap((pattern) => {
    const fault = patternFault(pattern);
    if (fault === undefined) return [];
    return {
      code: 'invalid_pattern',
      where,
      message: `the pattern ${quotedPattern(pattern)} ${fault}.`,
      remedy:
        typeof pattern === 'string'
          ? 'Write segments with dots between them: item.select, item.*, **.select. A RegExp can say more.'
          : `Write it without those flags: /${pattern.source}/${pattern.flags.replace(/[gy]/g, '')}.`,
    };
  });
}

function takenFault(
  definition: HandlerDefinition,
  by: HandlerDefinition,
  pattern: string | RegExp | undefined,
): BootFault {
  const { where, declaration } = definition;
  if (pattern === undefined) {
    const isMessage = declaration.kind === 'message';
    return {
      code: isMessage ? 'duplicate_responder' : 'duplicate_handler',
      where,
      message: `${declaration.decorator} is on ${by.where} already${isMessage ? ', for the same choice of tool and model' : ''}.`,
      remedy: isMessage
        ? 'Tell responders apart by { tool } or { model }.'
        : `Keep one ${declaration.decorator}.`,
    };
  }
  const exact = typeof pattern === 'string' && !pattern.includes('*');
  return {
    code: exact ? 'duplicate_pattern' : 'unreachable_pattern',
    where,
    message: exact
      ? `the action "${pattern}" is handled by ${by.where} already.`
      : `the pattern ${quotedPattern(pattern)} is never reached: ${by.where} has the same.`,
    remedy:
      'Keep one of the two, or give one another name. A streaming and a { sync: true } handler may share one.',
  };
}

function shadowedFaults(tables: Tables<HandlerDefinition>): BootFault[] {
  return [tables.actions, tables.syncActions].flatMap((table) => {
    const shadowed = table.shadowed();
    if (shadowed === undefined) return [];
    return shadowed.regexps.map(({ regexp, value }) => ({
      code: 'unreachable_pattern',
      where: value.where,
      message: `the pattern ${quotedPattern(regexp)} is never reached: ** on ${shadowed.by.where} takes every name before RegExps are asked.`,
      remedy: 'Write the catch-all as the last RegExp, /^/, or this pattern as a glob.',
    }));
  });
}

function responderFaults(tables: Tables<HandlerDefinition>): BootFault[] {
  if (tables.responders.find({}) !== undefined) return [];
  return [
    {
      code: 'no_responder',
      where: '',
      message: 'no handler answers user messages.',
      remedy:
        'Put @OnMessage() above a method; those with { tool } or { model } answer only their own messages.',
    },
  ];
}

/** What is wrong with the handlers taken together: names that are taken, patterns never reached. */
export function checkTables(definitions: readonly HandlerDefinition[]): BootFault[] {
  const tables = new Tables<HandlerDefinition>();
  const faults = definitions.flatMap((definition) => {
    const usable = { ...definition, patterns: definition.patterns.filter(isUsable) };
    const taken = tables.add(usable, definition);
    return [
      ...patternFaults(definition),
      ...taken.map(({ by, pattern }) => takenFault(definition, by, pattern)),
    ];
  });
  return [...faults, ...shadowedFaults(tables), ...responderFaults(tables)];
}
