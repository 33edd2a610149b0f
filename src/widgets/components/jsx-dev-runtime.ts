// The compiler calls this for `"jsx": "react-jsxdev"` with
// `"jsxImportSource": "chatkit-controllers/widgets"`.
import { create } from './create';
import type { ElementType } from './jsx-namespace';
import type { WidgetElement } from './props';

export { Fragment } from './create';
export type * as JSX from './jsx-namespace';

/**
 * Creates a JSX element. If that fails, the error names the position in the source. The compiler writes the
 * calls.
 */
export function jsxDEV(
  tag: ElementType,
  props: object,
  key?: string,
  _isStatic?: boolean,
  source?: { fileName: string; lineNumber: number },
): WidgetElement {
  const place = source === undefined ? '' : ` (${source.fileName}:${String(source.lineNumber)})`;
  return create(tag, props, key, place);
}
