import type { FoundAgent } from '../read/agents';
import type { ReadExport } from '../read-export';
import { lines, type ProjectFile } from '../../project-file';
import { key, listed, type ProjectPlan } from './project-plan';

/** `src/chat.ts`: the responder, with how each agent's output is shown, and the chat. */
export function chatFile(plan: ProjectPlan): ProjectFile {
  const { read, uploads } = plan;
  const isDefault = read.exportName === 'default';
  const called = isDefault ? 'runExported' : `workflow.${read.exportName}`;
  const shown = [...shownOf(read.agents), ...widgetsOf(read.agents)];
  const hasShown = shown.length > 0;
  const options = [
    ...inputOf(read),
    ...answerOf(read),
    ...(uploads ? ['      itemConverter, // passes attachments to models'] : []),
  ];
  const text = lines(
    "import 'reflect-metadata';",
    uploads && "import { randomBytes } from 'node:crypto';",
    'import {',
    '  ChatController,',
    '  createChatKit,',
    '  OnMessage,',
    '  type ChatContext,',
    '  type Store,',
    '  type UserMessageItem,',
    "} from 'chatkit-controllers';",
    `import { runWorkflow, ${uploads ? 'ThreadItemConverter, ' : ''}workflowController${hasShown ? ', type RunWorkflowOptions' : ''} } from 'chatkit-controllers/agents';`,
    uploads && "import { DiskAttachmentStore } from 'chatkit-controllers/attachments';",
    isDefault ? "import runExported from './workflow.js';" : "import * as workflow from './workflow.js';",
    '',
    uploads && [
      'const files = new DiskAttachmentStore({',
      "  directory: 'uploads',",
      '  // Signs the URLs of files. With a fixed secret they stay valid after a restart.',
      "  secret: process.env.ATTACHMENT_SECRET || randomBytes(32).toString('hex'),",
      "  baseUrl: process.env.PUBLIC_URL || `http://localhost:${process.env.PORT || '8000'}/chatkit`,",
      '});',
      'const itemConverter = new ThreadItemConverter({ attachments: files });',
      '',
    ],
    hasShown && ["const shown: Pick<RunWorkflowOptions, 'show' | 'widgets'> = {", ...shown, '};', ''],
    '@ChatController()',
    'class WorkflowResponder {',
    '  @OnMessage()',
    '  reply(_message: UserMessageItem | null, ctx: ChatContext) {',
    options.length === 0 && `    return runWorkflow(${called}, ctx${hasShown ? ', shown' : ''});`,
    options.length > 0 && [
      `    return runWorkflow(${called}, ctx, {`,
      ...(hasShown ? ['      ...shown,'] : []),
      ...options,
      '    });',
    ],
    '  }',
    '}',
    '',
    '/** The chat. All users share one owner: to tell them apart, set `context` and `owner`. */',
    'export function createChat(store: Store, pageOrigins: string[] = []) {',
    '  return createChatKit({',
    '    controllers: [WorkflowResponder, workflowController()], // the second handles approvals',
    '    store,',
    "    owner: 'shared',",
    '    cors: { origins: pageOrigins },',
    uploads && '    attachmentStore: files,',
    '  });',
    '}',
  );
  return { path: 'src/chat.ts', text };
}

const MESSAGE = "message?.content.map(({ text }) => text).join('') ?? ''";

function inputOf({ parameter }: ReadExport): string[] {
  switch (parameter.kind) {
    case 'default':
      return [];
    case 'text':
      return [`      input: (message) => ${MESSAGE},`];
    case 'fields':
      return [
        '      // The input of the workflow. Add what it takes besides the message.',
        '      input: (message) => ({',
        ...parameter.fields.map(({ name, sample, isMessage }) =>
          isMessage ? `        ${name}: ${MESSAGE},` : `        ${name}: ${sample}, // to be set`,
        ),
        '      }),',
      ];
  }
}

/** Comments for `answer`, which makes a text from objects that the workflow returns. */
function answerOf({ unshownEnds }: ReadExport): string[] {
  const kinds = [...new Set(unshownEnds.map(({ fields }) => listed(fields)))];
  if (kinds.length === 0) return [];
  return [
    '      // The text to show for results without `message` or `output_text`.',
    ...kinds.map((fields) => `      // answer: (returned) => …, // { ${fields} }`),
  ];
}

/** One row per agent name. Agents that share a name must have the same kind of output. */
function shownOf(agents: readonly FoundAgent[]): string[] {
  const rows = namesOf(agents).map((name) => {
    const ofName = agents.filter((agent) => agent.name === name);
    const kinds = new Set(ofName.map(({ isStructured }) => isStructured));
    if (kinds.size > 1)
      return `    // ${key(name)}: two agents have this name; each is shown by its output type`;
    const [isStructured] = kinds;
    return `    ${key(name)}: ${isStructured === true ? "'progress'" : "'text'"},`;
  });
  if (rows.length === 0) return [];
  return [
    "  // What users see of each agent: its text ('text'), only that it is working ('progress'), or 'nothing'.",
    '  show: {',
    ...rows,
    '  },',
  ];
}

function widgetsOf(agents: readonly FoundAgent[]): string[] {
  const structured = agents.filter(
    ({ isStructured, isClassifier, name }) => isStructured && !isClassifier && name,
  );
  if (structured.length === 0) return [];
  return [
    '  // Outputs to show as widgets, as in Agent Builder: each a function, or a template from a',
    "  // .widget file (`WidgetTemplate.fromFile('order.widget')` from chatkit-controllers/templates).",
    '  // widgets: {',
    ...structured.map(({ name = '', fields }) => `  //   ${key(name)}: …, // ${listed(fields)}`),
    '  // },',
  ];
}

function namesOf(agents: readonly FoundAgent[]): string[] {
  return [...new Set(agents.flatMap(({ name }) => name ?? []))];
}
