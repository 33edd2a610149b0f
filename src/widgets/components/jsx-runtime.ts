// The compiler calls this for `"jsx": "react-jsx"` with `"jsxImportSource": "chatkit-controllers/widgets"`.
import { create } from './create';
import type { ElementType } from './jsx-namespace';
import type { WidgetElement } from './props';

export { Fragment } from './create';
export type * as JSX from './jsx-namespace';

export function jsx(tag: ElementType, props: object, key?: string): WidgetElement {
  return create(tag, props, key);
}

export { jsx as jsxs };
