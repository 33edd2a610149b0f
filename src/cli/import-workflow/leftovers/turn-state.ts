import type * as TS from 'typescript';
import type { Finding } from '../finding';
import { nodesIn, type Source } from '../read/source';

/** Finds the workflow's variables, which are reset with each message. */
export function turnState(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node): Finding[] => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== 'state') return [];
    const { initializer } = node;
    if (initializer === undefined || !isFilled(ts, initializer)) return [];
    return [
      {
        code: 'state_of_a_turn',
        line: source.lineOf(node),
        message: '`state` is reset with each message.',
        fix: "Where it should outlive a turn: above the workflow, const kept = workflowState('state', () => ({ … })), of chatkit-controllers/agents; and here const state = await kept.use().",
      },
    ];
  });
}

function isFilled(ts: Source['ts'], node: TS.Expression): boolean {
  return ts.isObjectLiteralExpression(node) && node.properties.length > 0;
}
