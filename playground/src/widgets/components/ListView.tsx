import type { ListView as ListViewData } from 'chatkit-controllers/widgets';
import { ChevronDown } from 'lucide-react';
import { useStore } from '../../state/store';
import { useHost } from '../host';
import { Node, keyOf } from '../Node';
import { AUTO_LIMIT } from '../tokens';
import { join, type ComponentProps } from '../types';
import { Status } from './Status';

export function ListView({ props, path }: ComponentProps<ListViewData>) {
  const host = useHost();
  const opened = host.field(`#all ${path}`);
  const isOpen = useStore(opened) === true;
  const children: unknown[] = Array.isArray(props.children) ? props.children : [];
  const limit = props.limit === 'auto' ? AUTO_LIMIT : (props.limit ?? Infinity);
  const shown = isOpen ? children : children.slice(0, limit);
  const hidden = children.length - shown.length;
  const isBusy = host.running.some(({ loading }) => loading === 'container');
  return (
    <section className="w-list" data-theme={props.theme} aria-busy={isBusy || undefined} inert={isBusy}>
      {props.status !== undefined && props.status !== null && <Status status={props.status} />}
      <ul>
        {shown.map((child, index) => (
          <li key={keyOf(child, index)}>
            <Node component={child} path={join(path, `children.${String(index)}`)} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className="w-show-more" onClick={() => opened.set(true)}>
          Show {hidden} more <ChevronDown size={16} aria-hidden />
        </button>
      )}
    </section>
  );
}
