import { Edits } from '../edits';
import type { Finding } from '../finding';
import { importedNames, importsOf, OURS } from '../read/imports';
import type { Source } from '../read/source';

/** A changed line of the export. */
export interface Change {
  readonly line: number;
  readonly what: string;
}

/** Collects the changes of an export. */
export class Rewriting {
  readonly edits: Edits;
  readonly changes: Change[] = [];
  readonly findings: Finding[] = [];
  /** The imports from this package: exported names, with their local names. */
  private readonly imported = new Map<string, string>();
  private readonly afterImports: string[] = [];

  constructor(readonly source: Source) {
    this.edits = new Edits(source.text);
  }

  /** Whether the module already imports a name from this package, so that it has been changed before. */
  has(name: string): boolean {
    return importedNames(this.source).some((each) => each.from === OURS && each.name === name);
  }

  /** Imports a name of this package. */
  import(name: string, local: string): void {
    this.imported.set(name, local);
  }

  /** Adds a line after the imports. */
  declare(line: string): void {
    this.afterImports.push(line);
  }

  /** The text of the changed module. */
  finish(): string {
    const { source, imported, afterImports } = this;
    const last = importsOf(source).at(-1);
    const lines = imported.size === 0 ? [] : [importOf(imported, quoteOf(source))];
    if (afterImports.length > 0) lines.push('', ...afterImports);
    if (lines.length > 0) this.edits.insert(last?.getEnd() ?? 0, `\n${lines.join('\n')}`);
    return this.edits.apply();
  }
}

function importOf(imported: ReadonlyMap<string, string>, quote: string): string {
  const names = Array.from(imported, ([name, local]) => (name === local ? name : `${name} as ${local}`));
  return `import { ${names.sort().join(', ')} } from ${quote}${OURS}${quote};`;
}

function quoteOf(source: Source): string {
  const [first] = importsOf(source);
  return first?.moduleSpecifier.getText().startsWith('"') === true ? '"' : "'";
}
