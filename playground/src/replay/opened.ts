import { Store } from '../state/store';
import type { SavedSession } from './session-file';

/** The session that the replay shows. */
export const openedSession = new Store<SavedSession | undefined>(undefined);
