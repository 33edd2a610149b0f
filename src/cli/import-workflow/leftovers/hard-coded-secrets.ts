import type { Finding } from '../finding';
import { nodesIn, plainText, type Source } from '../read/source';

const SECRETS: ReadonlySet<string> = new Set(['authorization', 'Authorization', 'apiKey', 'api_key']);

/** Finds secrets that are written in the code. */
export function hardCodedSecrets(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node): Finding[] => {
    if (!ts.isPropertyAssignment(node)) return [];
    const name = plainText(source, node.name) ?? node.name.getText();
    const value = plainText(source, node.initializer);
    if (!SECRETS.has(name) || value === undefined || value.trim() === '') return [];
    return [
      {
        code: 'secret_in_code',
        line: source.lineOf(node),
        message: `The value of ${name} is written into the code.`,
        fix: 'Read it from the environment: process.env.NAME, with a line in .env.',
      },
    ];
  });
}
