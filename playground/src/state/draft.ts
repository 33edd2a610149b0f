import type { Attachment } from 'chatkit-controllers/client';
import type { Entity } from '../data/entity';
import { Store } from './store';

/** A file that is being uploaded, or has been. */
export interface DraftFile {
  key: string;
  name: string;
  size: number;
  type: string;
  /** From 0 to 1. */
  progress: number;
  attachment: Attachment | undefined;
  problem: string | undefined;
  cancel: () => void;
}

/** The content of the composer. */
export interface Draft {
  text: string;
  quote: string | undefined;
  tool: string | undefined;
  model: string | undefined;
  /** The mentioned entities; their titles are in the text, after an `@`. */
  entities: readonly Entity[];
  files: readonly DraftFile[];
}

export const EMPTY_DRAFT: Draft = {
  text: '',
  quote: undefined,
  tool: undefined,
  model: undefined,
  entities: [],
  files: [],
};

/** A draft whose text survives a reload of the page. */
export function storedDraft(user: string | undefined): Store<Draft> {
  const key = `chatkit-playground draft ${user ?? ''}`;
  const store = new Store<Draft>({ ...EMPTY_DRAFT, text: sessionStorage.getItem(key) ?? '' });
  store.subscribe(() => sessionStorage.setItem(key, store.get().text));
  return store;
}
