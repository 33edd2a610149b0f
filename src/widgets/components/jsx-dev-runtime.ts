// What `"jsx": "react-jsxdev"` calls, with `"jsxImportSource": "chatkit-controllers/widgets"`.
import { create } from './create';
import type { ElementType } from './jsx-namespace';
import type { WidgetElement } from './props';

export { Fragment } from './create';
export type * as JSX from './jsx-namespace';

/** Makes an element of JSX, and names its place in the source where it cannot be made. The compiler writes the calls. */
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
