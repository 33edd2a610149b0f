import type { StartupProblem } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { patternProblem, quotedPattern } from '../routing';
import { Tables } from '../routing';

function isUsable(pattern: string | RegExp): boolean {
  return patternProblem(pattern) === undefined;
}

function patternProblems({ where, patterns }: HandlerDefinition): StartupProblem[] {
  return patterns.flatMap((pattern) => {
    const problem = patternProblem(pattern);
    if (problem === undefined) return [];
    return {
      code: 'invalid_pattern',
      where,
      message: `the pattern ${quotedPattern(pattern)} ${problem}.`,
      fix:
        typeof pattern === 'string'
          ? 'Write segments separated by dots: item.select, item.*, **.select. For other names use a RegExp.'
          : `Write it without those flags: /${pattern.source}/${pattern.flags.replace(/[gy]/g, '')}.`,
    };
  });
}

function takenProblem(
  definition: HandlerDefinition,
  by: HandlerDefinition,
  pattern: string | RegExp | undefined,
): StartupProblem {
  const { where, declaration } = definition;
  if (pattern === undefined) {
    const isMessage = declaration.kind === 'message';
    return {
      code: isMessage ? 'duplicate_responder' : 'duplicate_handler',
      where,
      message: `${declaration.decorator} is on ${by.where} already${isMessage ? ', for the same choice of tool and model' : ''}.`,
      fix: isMessage
        ? 'Distinguish the responders with { tool } or { model }.'
        : `Keep one ${declaration.decorator}.`,
    };
  }
  const exact = typeof pattern === 'string' && !pattern.includes('*');
  return {
    code: exact ? 'duplicate_pattern' : 'unreachable_pattern',
    where,
    message: exact
      ? `the action "${pattern}" is handled by ${by.where} already.`
      : `the pattern ${quotedPattern(pattern)} is never reached: ${by.where} has the same pattern.`,
    fix: 'Keep one of them, or rename one. A streaming handler and a { sync: true } handler may share a name.',
  };
}

function shadowedProblems(tables: Tables<HandlerDefinition>): StartupProblem[] {
  return [tables.actions, tables.syncActions].flatMap((table) => {
    const shadowed = table.shadowed();
    if (shadowed === undefined) return [];
    return shadowed.regexps.map(({ regexp, value }) => ({
      code: 'unreachable_pattern',
      where: value.where,
      message: `the pattern ${quotedPattern(regexp)} is never reached: ** on ${shadowed.by.where} matches every name before RegExps are tried.`,
      fix: 'Write the catch-all as the last RegExp, /^/, or this pattern as a glob.',
    }));
  });
}

function responderProblems(tables: Tables<HandlerDefinition>): StartupProblem[] {
  if (tables.responders.find({}) !== undefined) return [];
  return [
    {
      code: 'no_responder',
      where: '',
      message: 'no handler answers user messages.',
      fix: 'Put @OnMessage() above a method; those with { tool } or { model } answer only their own messages.',
    },
  ];
}

/** Finds problems with the handlers as a whole: duplicate names, unreachable patterns. */
export function checkTables(definitions: readonly HandlerDefinition[]): StartupProblem[] {
  const tables = new Tables<HandlerDefinition>();
  const problems = definitions.flatMap((definition) => {
    const usable = { ...definition, patterns: definition.patterns.filter(isUsable) };
    const taken = tables.add(usable, definition);
    return [
      ...patternProblems(definition),
      ...taken.map(({ by, pattern }) => takenProblem(definition, by, pattern)),
    ];
  });
  return [...problems, ...shadowedProblems(tables), ...responderProblems(tables)];
}
