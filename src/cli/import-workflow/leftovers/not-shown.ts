import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { isOfSdk } from '../read/imports';
import { nodesIn, propertyOf, type Source } from '../read/source';

/** Finds runs that the chat does not show: those of the function `run`, and those with `stream: true`. */
export function notShown(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node): Finding[] => {
    if (!ts.isCallExpression(node)) return [];
    if (isOfSdk(source, node.expression, 'run')) return [byFunction(source, node)];
    const isMethod = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'run';
    const stream = isMethod ? propertyOf(source, node.arguments[2], 'stream') : undefined;
    return stream?.kind === ts.SyntaxKind.TrueKeyword ? [streamed(source, stream)] : [];
  });
}

function byFunction(source: Source, node: TS.Node): Finding {
  return {
    code: 'run_not_shown',
    line: source.lineOf(node),
    message: 'A run by the function run() is not shown in the chat.',
    fix: 'Run the agent with a Runner: await new Runner().run(agent, input).',
  };
}

function streamed(source: Source, node: TS.Node): Finding {
  return {
    code: 'run_not_shown',
    line: source.lineOf(node),
    message: 'A run that is started with `stream: true` is not shown in the chat.',
    fix: 'Leave out `stream`: the run is streamed into the chat without it.',
  };
}
