import type { ListViewItem as ListViewItemData } from 'chatkit-controllers/widgets';
import { LoaderCircle } from 'lucide-react';
import { clean, alignment } from '../box-style';
import { Children } from '../Node';
import type { ComponentProps } from '../types';
import { isAction, useAction } from '../use-action';
import { spacing } from '../values';

/**
 * A row. If it can be clicked, its button lies behind the content, not around the buttons in it: those stay
 * reachable by keyboard, and a click on one of them is not a click on the row.
 */
export function ListViewItem({ props, path }: ComponentProps<ListViewItemData>) {
  const { fire, isLoading } = useAction(props.onClickAction, path, 'self');
  const style = clean({ gap: spacing(props.gap), alignItems: alignment(props.align) });
  return (
    <div
      className="w-list-item"
      data-clickable={isAction(props.onClickAction) || undefined}
      aria-busy={isLoading || undefined}
    >
      {isAction(props.onClickAction) && (
        <button
          type="button"
          className="w-row-hit"
          aria-label={wordsIn(props.children)}
          disabled={isLoading}
          onClick={() => fire()}
        />
      )}
      <div className="w-list-item-body" style={style}>
        <Children of={props.children} path={path} />
      </div>
      {isLoading && <LoaderCircle size={16} className="spin w-row-spin" aria-hidden />}
    </div>
  );
}

/** The text of a row, used as its button's accessible name. */
function wordsIn(children: unknown): string {
  const words: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      const { type, value, children: inner } = node as Record<string, unknown>;
      if (type !== 'Button' && typeof value === 'string') words.push(value);
      visit(inner);
    }
  };
  visit(children);
  return words.length === 0 ? 'Select' : words.join(', ');
}
