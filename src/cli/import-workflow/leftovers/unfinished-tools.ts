import type { Finding } from '../finding';
import { isOfSdk } from '../read/imports';
import { nodesIn, plainText, propertyOf, type Source } from '../read/source';

/** Tools that are exported without their code, and those that wait for the user. */
export function unfinishedTools(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node): Finding[] => {
    if (!ts.isCallExpression(node)) return [];
    const [config] = node.arguments;
    if (isOfSdk(source, node.expression, 'hostedMcpTool')) return waiting(source, config);
    if (!isOfSdk(source, node.expression, 'tool')) return [];
    const execute = propertyOf(source, config, 'execute');
    const isCode = execute !== undefined && (ts.isArrowFunction(execute) || ts.isFunctionExpression(execute));
    if (!isCode || !ts.isBlock(execute.body) || execute.body.statements.length > 0) return [];
    const name = plainText(source, propertyOf(source, config, 'name')) ?? 'A tool';
    return [
      {
        code: 'unfinished_tool',
        line: source.lineOf(execute),
        message: `${name} does nothing yet: its code is not part of an export.`,
        fix: 'Write its `execute`.',
      },
    ];
  });
}

/** A hosted tool whose calls the user approves. */
function waiting(source: Source, config: Parameters<typeof propertyOf>[1]): Finding[] {
  const asks = propertyOf(source, config, 'requireApproval');
  if (asks === undefined || plainText(source, asks) === 'never') return [];
  const server = plainText(source, propertyOf(source, config, 'serverLabel')) ?? 'an MCP server';
  return [
    {
      code: 'tool_approval',
      line: source.lineOf(asks),
      message: `Calls of ${server} wait for the user’s approval, which a workflow cannot ask for: its run fails.`,
      fix: "Set requireApproval to 'never', and ask by approvalRequest() before the agent runs.",
    },
  ];
}
