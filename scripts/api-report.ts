// Writes the public types of each entry point to `api/*.api.md`, from the declarations in `dist`, so that
// a review shows each change of the public API. With `--check` it writes nothing, and fails if a report is
// out of date. Both fail if an export has no doc comment. Run `npm run build` first.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const ROOT = resolve(__dirname, '..');
const check = process.argv.includes('--check');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string | { types: string }>;
};

mkdirSync(join(ROOT, 'api'), { recursive: true });
let changed = false;
for (const [subpath, target] of Object.entries(manifest.exports)) {
  if (typeof target === 'string') continue;
  const name = subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-');
  const result = Extractor.invoke(configFor(name, target.types), {
    localBuild: !check,
    messageCallback: (message) => {
      // Warnings are in the report itself, so only errors are printed.
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  if (result.apiReportChanged) {
    changed = true;
    console.log(`${check ? 'FAILED' : 'written'} api/${name}.api.md`);
  }
  if (!result.succeeded && !result.apiReportChanged) process.exitCode = 1;
}
for (const { report, name } of undocumented()) {
  console.log(`FAILED ${report}: ${name} has no doc comment`);
  process.exitCode = 1;
}
if (changed && check) {
  console.log('The public API has changed. Run `npm run build && npm run api`, and commit the reports.');
  process.exitCode = 1;
}

function configFor(name: string, types: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, types),
      compiler: { tsconfigFilePath: join(ROOT, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(ROOT, 'api'),
        reportTempFolder: join(ROOT, 'node_modules/.cache/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, 'package.json'),
  });
}

/** Exports without a doc comment; ignores members (indented) and namespaces (a function's properties). */
function* undocumented(): Generator<{ report: string; name: string }> {
  for (const file of readdirSync(join(ROOT, 'api'))) {
    const text = readFileSync(join(ROOT, 'api', file), 'utf8');
    for (const [, name = ''] of text.matchAll(
      /^\/\/ @\w+ \(undocumented\)\nexport (?!namespace)(.*?)[({;=]/gm,
    )) {
      yield { report: `api/${file}`, name: name.trim() };
    }
  }
}
