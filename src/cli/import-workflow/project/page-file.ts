import { lines, type ProjectFile } from '../../project-file';
import { literal, type ProjectPlan } from './project-plan';

/** `src/page.ts`: the options of the page with the chat. */
export function pageFile(plan: ProjectPlan): ProjectFile {
  return { path: 'src/page.ts', text: pageOf(plan) };
}

function pageOf({ read, uploads, startScreen: { greeting, prompts } }: ProjectPlan): string {
  return lines(
    '/** Options of the chat page, for the playground and for your own ChatKit page. An export does not contain them. */',
    'export const pageOptions = {',
    `  header: { title: { text: ${literal(read.title)} } },`,
    '  startScreen: {',
    `    greeting: ${literal(greeting ?? 'What can I help with today?')},`,
    prompts.length === 0 && '    prompts: [], // { label, prompt }',
    prompts.length > 0 && [
      '    prompts: [',
      ...prompts.map((prompt) => `      { label: ${literal(prompt)}, prompt: ${literal(prompt)} },`),
      '    ],',
    ],
    '  },',
    `  composer: { attachments: { enabled: ${String(uploads)} } },`,
    '};',
  );
}
