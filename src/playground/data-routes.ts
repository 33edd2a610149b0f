import { randomUUID } from 'node:crypto';
import type { CheckReport } from '../checks';
import { BadRequestError, messageOf, NotFoundError } from '../errors';
import type { WidgetRoot } from '../protocol';
import { SERVED } from '../app';
import { TemplateError, WidgetTemplate, type WidgetDefinition } from '../templates';
import type { PlaygroundOptions } from './options';
import { startupProblems } from './startup-problems';

type Body = Readonly<Record<string, unknown>>;

/** Answers one kind of data request of the page with JSON. */
type DataRoute = (body: Body, request: never) => unknown;

const PAGE = 100;

/** The data routes, by the last part of their path. The page calls each by POST with a JSON object. */
export function dataRoutes(options: PlaygroundOptions): Readonly<Record<string, DataRoute>> {
  const { chat, api, users = {}, images = [], entities } = options;
  const app = (): NonNullable<typeof chat>['app'] => {
    if (chat !== undefined) return chat.app;
    throw new NotFoundError('This chat runs elsewhere: only its requests and events can be shown.');
  };
  const instance = randomUUID();
  return {
    config: async () => ({
      instance,
      problems: await startupProblems(options),
      api,
      inspects: chat !== undefined,
      options: options.options ?? {},
      users,
      images,
      hasEntities: entities !== undefined,
    }),
    handlers: () => app().registry(),
    check: ({ widgets }) => app().check(widgetsOf(widgets)),
    template: ({ definition, data }) => renderTemplate(definition, data, chat?.app),
    async items({ thread_id, after }, request) {
      if (typeof thread_id !== 'string') throw new BadRequestError('Choose a thread first.');
      const store = await app()[SERVED].ownerView.storeOf(request);
      const cursor = typeof after === 'string' ? { after } : {};
      const [thread, items] = await Promise.all([
        store.loadThread(thread_id),
        store.listItems(thread_id, { limit: PAGE, order: 'asc', ...cursor }),
      ]);
      return { thread, items };
    },
    async running({ thread_id }, request) {
      return { running: await app()[SERVED].ownerView.isRunning(request, textOf(thread_id)) };
    },
    entities: async ({ query }, request) => (await entities?.(textOf(query), { request })) ?? [],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function widgetsOf(value: unknown): readonly WidgetRoot[] {
  if (!Array.isArray(value)) throw new BadRequestError('widgets must be an array.');
  return value as WidgetRoot[];
}

/** A `.widget` file as production would render it, or its problem. */
function renderTemplate(
  definition: unknown,
  data: unknown,
  app: { check(widgets: readonly WidgetRoot[]): CheckReport } | undefined,
): unknown {
  try {
    const widget = new WidgetTemplate(definition as WidgetDefinition).build(data as Record<string, unknown>);
    return { widget, report: app?.check([widget]) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { problem: { code: error.code, message: messageOf(error), issues: error.issues } };
  }
}
