import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { ask } from '../../data/own-api';
import type { Entity } from '../../data/entity';
import { useConfig, useWorkspace } from '../../state/contexts';

export interface Mentions {
  isOpen: boolean;
  found: readonly Entity[];
  active: number;
  listId: string;
  activeId: string | undefined;
  choose: (entity: Entity) => void;
  onInput: (field: HTMLTextAreaElement) => void;
  /** @returns whether the list handled the key */
  onKeyDown: (event: KeyboardEvent) => boolean;
}

/** The mention being typed: from an `@` at the start of a word to the caret. */
const MENTION = /(?:^|\s)@([^@\n]{0,40})$/;

/** Searches for entities that the user mentions with `@`. */
export function useMentions(field: RefObject<HTMLTextAreaElement | null>): Mentions {
  const { draft, headers } = useWorkspace();
  const { hasEntities } = useConfig();
  const [query, setQuery] = useState<string | undefined>(undefined);
  const [found, setFound] = useState<readonly Entity[]>([]);
  const [active, setActive] = useState(0);
  const listId = useId();
  const asked = useRef(0);
  useEffect(() => {
    const mine = ++asked.current;
    if (query === undefined) {
      setFound([]);
      return;
    }
    ask<Entity[]>('entities', { query }, headers).then(
      (entities) => {
        if (mine !== asked.current) return;
        setFound(entities);
        setActive(0);
      },
      () => setFound([]),
    );
  }, [query, headers]);
  const isOpen = query !== undefined && found.length > 0;
  const choose = (entity: Entity): void => {
    const text = draft.get().text;
    const caret = field.current?.selectionStart ?? text.length;
    const start = text.lastIndexOf('@', caret - 1);
    const before = `${text.slice(0, start)}@${entity.title} `;
    draft.update((each) => ({
      ...each,
      text: before + text.slice(caret),
      entities: [...each.entities, entity],
    }));
    setQuery(undefined);
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => setActive((active + 1) % found.length),
    ArrowUp: () => setActive((active - 1 + found.length) % found.length),
    Escape: () => setQuery(undefined),
    Enter: () => found[active] && choose(found[active]),
    Tab: () => found[active] && choose(found[active]),
  };
  return {
    isOpen,
    found,
    active,
    listId,
    activeId: isOpen ? `${listId}-${String(active)}` : undefined,
    choose,
    onInput({ value, selectionStart }) {
      if (hasEntities) setQuery(MENTION.exec(value.slice(0, selectionStart))?.[1]);
    },
    onKeyDown(event) {
      const act = isOpen ? keys[event.key] : undefined;
      if (act === undefined) return false;
      event.preventDefault();
      act();
      return true;
    },
  };
}
