import type { Finding } from '../finding';
import { nodesIn, type Source } from '../read/source';

/** Finds `{{ … }}` in texts: the builder replaced them, but an export does not. */
export function placeholders(source: Source): Finding[] {
  const { ts } = source;
  return Array.from(nodesIn(source.file)).flatMap((node) => {
    const text = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) ? node.text : '';
    const found = /\{\{\s*[\w.[\]'"]+\s*\}\}/.exec(text);
    if (found === null) return [];
    const before = node.getText().indexOf(found[0]);
    const line = source.file.getLineAndCharacterOfPosition(node.getStart() + Math.max(before, 0)).line + 1;
    return [
      {
        code: 'placeholder',
        line,
        message: `${found[0]} is not replaced: the model sees it as it is, or the user, if the workflow returns it.`,
        fix: 'Make the instructions a function of the run’s context, or use a template literal.',
      },
    ];
  });
}
