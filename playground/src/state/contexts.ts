import { createContext, useContext } from 'react';
import type { PageConfig } from '../data/own-api';
import type { PageOptions } from '../data/page-options';
import type { Workspace } from './workspace';
import { useStore } from './store';
import type { ChatState } from './chat-state';

/** The options of the page, which can be edited in it. */
export interface EditedOptions {
  options: PageOptions;
  isEdited: boolean;
  /** Undefined resets them to the server's options. */
  edit: (options: PageOptions | undefined) => void;
}

export const ConfigContext = createContext<PageConfig | undefined>(undefined);
export const OptionsContext = createContext<EditedOptions | undefined>(undefined);
export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useConfig(): PageConfig {
  return known(useContext(ConfigContext));
}

export function useEditOptions(): EditedOptions {
  return known(useContext(OptionsContext));
}

export function useWorkspace(): Workspace {
  return known(useContext(WorkspaceContext));
}

/** The state of the current chat. */
export function useChat(): ChatState {
  return useStore(useWorkspace().chat.shown);
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A component is used outside of its context.');
  return value;
}
