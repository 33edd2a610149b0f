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

/** What of an export does not run as it is, or not as it did in Agent Builder, in the order of its lines. */
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
