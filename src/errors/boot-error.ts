/** One mistake in the application's set-up, found when it boots. */
export interface BootFault {
  /** Stable, for programs to compare. */
  code: string;
  /** The class and method, as `ItemController.select`; empty where the options are at fault. */
  where: string;
  message: string;
  /** What to change. */
  remedy: string;
}

/** Everything that is wrong with an application's set-up, in one error. */
export class BootError extends Error {
  readonly code = 'boot_failed';
  readonly faults: readonly BootFault[];

  constructor(faults: readonly BootFault[]) {
    const lines = faults.map(({ where, message, remedy }, index) => {
      const place = where === '' ? '' : `${where}: `;
      return `  ${String(index + 1)}. ${place}${message}\n     ${remedy}`;
    });
    super(`The chat cannot start, ${String(faults.length)} fault(s):\n${lines.join('\n')}`);
    this.name = 'BootError';
    this.faults = faults;
  }
}
