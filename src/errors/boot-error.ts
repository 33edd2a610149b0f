import { brand } from './brand';
/** One mistake in the application's set-up, found when it boots. */
export interface BootFault {
  /** Stable, for programs to compare. */
  code: string;
  /** The class and method, as `ItemController.select`, or the widget; empty where the options are at fault. */
  where: string;
  message: string;
  /** What to change; it may hold code to paste. */
  remedy: string;
  /** Of a fault in a widget: the template's name, or `widgets[2]`. */
  widget?: string;
  /** Of a fault in an action: where in the widget it is first found, as `children.0.onClickAction`. */
  path?: string;
  /** Of a fault in an action: its name. */
  action?: string;
}

/** Faults as a numbered list, each with its place and remedy. */
export function faultList(faults: readonly BootFault[]): string {
  return faults
    .map(({ where, message, remedy }, index) => {
      const text = `${where === '' ? '' : `${where}: `}${message}\n${remedy.trimEnd()}`;
      const number = `  ${String(index + 1)}. `;
      return number + text.replace(/\n(?!\n|$)/g, `\n${' '.repeat(number.length)}`);
    })
    .join('\n');
}

/** Everything that is wrong with an application's set-up, in one error. */
export class BootError extends Error {
  static {
    brand(this, 'BootError');
  }

  readonly code = 'boot_failed';
  /** Not enumerable: the message has them all, and a console would print them twice. */
  declare readonly faults: readonly BootFault[];

  constructor(faults: readonly BootFault[]) {
    super(`The chat cannot start, ${String(faults.length)} fault(s):\n${faultList(faults)}`);
    this.name = 'BootError';
    Object.defineProperty(this, 'faults', { value: faults });
  }
}
