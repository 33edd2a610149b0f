import type * as TS from 'typescript';
import { isOfSdk } from '../read/imports';
import { nodesIn, propertyNamed, propertyOf } from '../read/source';
import type { Rewriting } from './change';

/**
 * Tool options whose names in exports differ from the SDK's. The SDK would silently ignore them and search
 * all domains.
 */
const RENAMED = [{ tool: 'webSearchTool', within: 'filters', from: 'allowed_domains', to: 'allowedDomains' }];

export function renameOptions(rewriting: Rewriting): void {
  const { source } = rewriting;
  for (const node of nodesIn(source.file)) {
    if (!source.ts.isCallExpression(node)) continue;
    for (const { tool, within, from, to } of RENAMED) {
      if (!isOfSdk(source, node.expression, tool)) continue;
      const name = propertyNamed(source, propertyOf(source, node.arguments[0], within), from);
      if (name !== undefined) rename(rewriting, name, to);
    }
  }
}

function rename({ source, edits, changes }: Rewriting, name: TS.PropertyName, to: string): void {
  edits.replace(name.getStart(), name.getEnd(), to);
  changes.push({ line: source.lineOf(name), what: `${name.getText()} is ${to}, as the SDK reads it` });
}
