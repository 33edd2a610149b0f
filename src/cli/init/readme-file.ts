import { lines, packageNameFor, type ProjectFile } from '../project-file';
import { buttonPart } from './button-part';
import type { Choices, Store } from './choices';
import { commandsOf } from './package-manager';
import { firstSteps, stepLines, type Step } from './steps';

const KEPT: Readonly<Record<Store, string>> = {
  memory: 'keeps threads in memory: they are gone when the server stops',
  sqlite: 'keeps threads in `.data/chat.db`',
  postgres: 'keeps threads in PostgreSQL, at `DATABASE_URL`',
};

/** `README.md`: how to run the project, its files, and the next steps. */
export function readmeFile(choices: Choices): ProjectFile {
  const { folder, store, agent } = choices;
  const { run } = commandsOf(choices.packageManager);
  const text = lines(
    `# ${packageNameFor(folder)}`,
    '',
    'The backend of a [ChatKit](https://openai.github.io/chatkit-js/) chat, made with chatkit-controllers.',
    '',
    ...commandsPart(choices),
    '',
    `If another program uses port 8000, name another: \`PORT=8001 ${run('dev')}\`, or a line in \`.env\`.`,
    '',
    '## What is where',
    '',
    '| File | What it does |',
    '| --- | --- |',
    `| \`src/colour-controller.ts\` | The handlers: ${agent ? 'the agent answers messages, code handles clicks' : 'of messages, and of clicks'} |`,
    '| `src/colours.ts` | The widget with its buttons, and the action that a click sends |',
    agent && [
      '| `src/agent.ts` | The agent and its tool |',
      '| `src/models.ts` | The model: OpenAI’s with `OPENAI_API_KEY`, or else a script |',
    ],
    '| `src/chat.ts` | The chat: its controllers, widgets and users |',
    `| \`src/store.ts\` | The store: ${KEPT[store]} |`,
    '| `src/main.ts` | The server, with the playground in development |',
    '| `test/chat.test.ts` | A test that writes a message and clicks a button |',
    '',
    ...buttonPart(run('dev')),
    '',
    '## Next steps',
    '',
    '1. Tell your users apart: `context` and `owner` in `src/chat.ts`. Until then all users share their threads.',
    '2. Point your page at this server:',
    '',
    '   ```diff',
    '   - api: { getClientSecret }',
    "   + api: { url: 'https://chat.example.com/chatkit', domainKey: 'domain_pk_…' }",
    '   ```',
    '',
    '   The domain key is that of your domain in OpenAI’s settings; on localhost any text will do. A page of another origin needs `cors` in `src/chat.ts`.',
    '3. In production set `NODE_ENV=production`, and put the server behind HTTPS.',
    '',
    'More: `node_modules/chatkit-controllers/docs/README.md`.',
  );
  return { path: 'README.md', text };
}

function commandsPart(choices: Choices): string[] {
  const { run } = commandsOf(choices.packageManager);
  const steps: Step[] = [
    ...firstSteps(choices),
    [run('typecheck')],
    [run('routes'), 'lists the handlers'],
    [run('check'), 'checks that every button has a handler'],
    [`${run('build')} && ${run('start')}`, 'as in production'],
  ];
  return ['```bash', ...stepLines(steps), '```'];
}
