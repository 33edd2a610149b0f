import type { PageOptions } from '../data/page-options';
import type { Schema } from './handlers';

const text: Schema = { type: 'string' };
const flag: Schema = { enum: [true, false] };
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const list = (items: Schema): Schema => ({ type: 'array', items });

/** The schema of the options form: the ChatKit options that the playground supports. */
export const OPTIONS_SCHEMA: Record<keyof PageOptions, Schema> = {
  locale: text,
  theme: object({
    colorScheme: { enum: ['light', 'dark'] },
    radius: { enum: ['pill', 'round', 'soft', 'sharp'] },
    density: { enum: ['compact', 'normal', 'spacious'] },
    typography: object({
      baseSize: { enum: [14, 15, 16, 17, 18] },
      fontFamily: text,
      fontFamilyMono: text,
    }),
    color: object({
      accent: object({ primary: text }),
      surface: object({ background: text, foreground: text }),
    }),
  }),
  header: object({ enabled: flag, title: object({ enabled: flag, text }) }),
  history: object({ enabled: flag, showDelete: flag, showRename: flag }),
  startScreen: object({
    greeting: text,
    prompts: list(object({ label: text, prompt: text, icon: text }, ['label', 'prompt'])),
  }),
  threadItemActions: object({ feedback: flag, retry: flag }),
  composer: object({
    placeholder: text,
    attachments: object({
      enabled: flag,
      maxSize: { type: 'number' },
      maxCount: { type: 'number' },
      accept: {},
    }),
    tools: list(
      object(
        {
          id: text,
          label: text,
          icon: text,
          shortLabel: text,
          placeholderOverride: text,
          pinned: flag,
          persistent: flag,
        },
        ['id', 'label'],
      ),
    ),
    models: list(
      object({ id: text, label: text, description: text, disabled: flag, default: flag }, ['id', 'label']),
    ),
    dictation: object({ enabled: flag }),
  }),
  disclaimer: object({ text, highContrast: flag }),
  api: object({
    uploadStrategy: object({ type: { enum: ['two_phase', 'direct'] }, uploadUrl: text }, ['type']),
  }),
};
