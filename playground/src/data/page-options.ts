/** A tool that the user may choose in the composer. */
export interface ToolOption {
  id: string;
  label: string;
  shortLabel?: string;
  icon?: string;
  placeholderOverride?: string;
  pinned?: boolean;
  persistent?: boolean;
}

/** A model that the user may choose in the composer. */
export interface ModelOption {
  id: string;
  label: string;
  description?: string;
  disabled?: boolean;
  default?: boolean;
}

export interface StartPrompt {
  label: string;
  prompt: unknown;
  icon?: string;
}

export interface AttachmentOptions {
  enabled?: boolean;
  /** In bytes; for all files, or by type. */
  maxSize?: number | Record<string, number>;
  maxCount?: number;
  accept?: Record<string, string[]>;
}

export interface ComposerOptions {
  placeholder?: string;
  attachments?: AttachmentOptions;
  tools?: ToolOption[];
  models?: ModelOption[];
  dictation?: { enabled?: boolean };
}

export interface ThemeOptions {
  colorScheme?: 'light' | 'dark';
  radius?: 'pill' | 'round' | 'soft' | 'sharp';
  density?: 'compact' | 'normal' | 'spacious';
  typography?: { baseSize?: number; fontFamily?: string; fontFamilyMono?: string };
  color?: {
    accent?: { primary?: string };
    surface?: { background?: string; foreground?: string };
  };
}

/** The options of ChatKit's own page that are plain data and that the playground supports. */
export interface PageOptions {
  locale?: string;
  theme?: 'light' | 'dark' | ThemeOptions;
  header?: { enabled?: boolean; title?: { enabled?: boolean; text?: string } };
  history?: { enabled?: boolean; showDelete?: boolean; showRename?: boolean };
  startScreen?: { greeting?: string; prompts?: StartPrompt[] };
  threadItemActions?: { feedback?: boolean; retry?: boolean };
  composer?: ComposerOptions;
  disclaimer?: { text?: string; highContrast?: boolean };
  api?: { uploadStrategy?: { type: 'two_phase' } | { type: 'direct'; uploadUrl: string } };
}
