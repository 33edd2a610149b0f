import type { Finding } from '../finding';
import type { Source } from '../read/source';
import { hardCodedSecrets } from './hard-coded-secrets';
import { importedFiles } from './imported-files';
import { notDeclared } from './not-declared';
import { notJavaScript } from './not-javascript';
import { notShown } from './not-shown';
import { placeholders } from './placeholders';
import { turnState } from './turn-state';
import { unfinishedTools } from './unfinished-tools';

export { isPackage } from './imported-files';

/** Finds everything in an export that does not run, or behaves differently than in Agent Builder. */
export function leftoversIn(source: Source): Finding[] {
  const checks = [
    importedFiles,
    notJavaScript,
    notDeclared,
    placeholders,
    unfinishedTools,
    notShown,
    turnState,
    hardCodedSecrets,
  ];
  return checks.flatMap((check) => check(source));
}
