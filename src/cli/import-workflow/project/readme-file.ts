import type { Finding } from '../finding';
import type { FoundAgent } from '../read/agents';
import { lines, type ProjectFile } from '../../project-file';
import type { ProjectPlan } from './project-plan';

const DOCS = 'node_modules/chatkit-controllers/docs';

/** `README.md`: what the import made, and the next steps. */
export function readmeFile(plan: ProjectPlan): ProjectFile {
  const { read, from, uploads } = plan;
  const text = lines(
    `# ${read.title}`,
    '',
    `The workflow of \`${from}\`, exported from Agent Builder, as the server of a chat.`,
    '',
    '```bash',
    'npm install',
    'npm test               # three turns, with a scripted model',
    'cp .env.example .env   # and put your OPENAI_API_KEY into it',
    'npm start              # then open http://127.0.0.1:8000/chatkit/playground/',
    '```',
    '',
    'Without a key a script answers, so that you can try it. `npm run typecheck` shows where the export does not match the types of the SDK: it may have been written for an earlier release.',
    '',
    '## What is where',
    '',
    '| File | What |',
    '| --- | --- |',
    `| \`${workflowPath(plan)}\` | The export |`,
    '| `src/chat.ts` | The responder: what is shown of each agent, widgets, the input |',
    '| `src/page.ts` | Title, start screen and composer of the page |',
    '| `src/main.ts` | The server, with its store (`chat.db`) and the playground |',
    '',
    '## What was changed in the export',
    '',
    `Lines are those of \`${from}\`, here and below.`,
    '',
    ...list(
      read.changes.map(({ line, what }) => `line ${String(line)}: ${what}`),
      'Nothing: it had been changed before.',
    ),
    '',
    '## Agents',
    '',
    '| Agent | Line | Output | Shown as |',
    '| --- | --- | --- | --- |',
    ...read.agents.map(row),
    '',
    '## What is left for you',
    '',
    ...list(read.findings.map(sentence), 'No problems were found.'),
    '',
    '## Next steps',
    '',
    '1. Point your page at this server. The page’s origin goes into `PAGE_ORIGINS`:',
    '',
    '   ```diff',
    '   - api: { getClientSecret }',
    "   + api: { url: 'https://chat.example.com/chatkit', domainKey: 'domain_pk_…' }",
    '   ```',
    '',
    '   The domain key is that of your domain in OpenAI’s settings; on localhost any text will do. `pageOptions` of `src/page.ts` are options of ChatKit’s page as well.',
    '2. Tell your users apart: `context` and `owner` in `src/chat.ts`. Until then all of them share their threads.',
    '3. In production set `NODE_ENV=production` and `OPENAI_API_KEY`, without which the server does not start then, and put it behind HTTPS.',
    uploads
      ? '4. Attachments lie in `uploads`: `ATTACHMENT_SECRET` and `PUBLIC_URL` belong into `.env`.'
      : '4. Attachments are off; `import-workflow --uploads` turns them on.',
    '',
    `More: \`${DOCS}/from-agent-builder.md\`, \`agents.md\` and \`getting-started.md\` beside it.`,
  );
  return { path: 'README.md', text };
}

export function workflowPath({ read }: ProjectPlan): string {
  return read.isJavaScript ? 'src/workflow.js' : 'src/workflow.ts';
}

function row({ name = '(made at run time)', line, isStructured, fields }: FoundAgent): string {
  const output = isStructured ? fields.join(', ') || 'structured' : 'text';
  return `| ${cell(name)} | ${String(line)} | ${cell(output)} | ${isStructured ? 'progress' : 'text'} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

export function sentence({ line, message, fix }: Finding): string {
  return `${line === undefined ? '' : `line ${String(line)}: `}${message} ${fix}`;
}

function list(entries: readonly string[], none: string): string[] {
  return entries.length === 0 ? [none] : entries.map((entry) => `- ${entry}`);
}
