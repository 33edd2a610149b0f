import type { Select as SelectData, SelectOption } from 'chatkit-controllers/widgets';
import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Popover } from '../../ui/Popover';
import { SEARCH_ABOVE } from '../tokens';
import type { ComponentProps } from '../types';
import { useDropdown } from '../use-dropdown';
import { DropdownButton } from './DropdownButton';

/** A select; long lists have a search field. */
export function Select({ props, path }: ComponentProps<SelectData>) {
  const { value, button, isOpen, open, close, choose, closed } = useDropdown(
    props,
    path,
    props.defaultValue ?? '',
  );
  const options: SelectOption[] = Array.isArray(props.options) ? props.options : [];
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      <DropdownButton
        {...closed}
        text={chosen?.label}
        placeholder={props.placeholder ?? 'Select…'}
        popup="listbox"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open();
        }}
      />
      {isOpen && (
        <Popover anchor={button} matchWidth onClose={close}>
          <OptionList
            name={props.name}
            options={options}
            value={value}
            searchable={props.searchable ?? options.length > SEARCH_ABOVE}
            onChoose={choose}
          />
        </Popover>
      )}
    </>
  );
}

interface OptionListProps {
  name: string;
  options: readonly SelectOption[];
  value: string;
  searchable: boolean;
  onChoose: (value: string) => void;
}

function OptionList({ name, options, value, searchable, onChoose }: OptionListProps) {
  const [query, setQuery] = useState('');
  const needle = query.trim().toLowerCase();
  const found = options.filter(({ label, description }) =>
    `${label} ${description ?? ''}`.toLowerCase().includes(needle),
  );
  const [active, setActive] = useState(
    Math.max(
      0,
      options.findIndex((option) => option.value === value),
    ),
  );
  const first = useRef<HTMLInputElement & HTMLUListElement>(null);
  const listId = useId();
  useEffect(() => first.current?.focus(), []);
  // Must not be the effect's return value: newer browsers return a promise.
  useEffect(() => {
    document.getElementById(`${listId}-${String(active)}`)?.scrollIntoView({ block: 'nearest' });
  }, [active, listId]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: found.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive((to + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Enter' || (event.key === ' ' && !searchable)) {
      event.preventDefault();
      const option = found[active];
      if (option !== undefined && option.disabled !== true) onChoose(option.value);
    }
  };
  const activeId = found.length === 0 ? undefined : `${listId}-${String(active)}`;
  return (
    <div className="w-options" onKeyDown={onKeyDown}>
      {searchable && (
        <input
          ref={first}
          type="search"
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-label={`Search ${name}`}
          placeholder="Search"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
      )}
      <ul
        ref={searchable ? undefined : first}
        role="listbox"
        id={listId}
        aria-label={name}
        tabIndex={searchable ? -1 : 0}
        aria-activedescendant={searchable ? undefined : activeId}
      >
        {found.map((option, index) => (
          <li
            key={option.value}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={option.value === value}
            aria-disabled={option.disabled}
            data-active={index === active || undefined}
            onPointerMove={() => setActive(index)}
            onClick={() => option.disabled !== true && onChoose(option.value)}
          >
            <span>
              {option.label}
              {option.description !== undefined && <small>{option.description}</small>}
            </span>
            {option.value === value && <Check size={16} aria-hidden />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="w-no-options">Nothing found</p>}
    </div>
  );
}
