import { basename, resolve } from 'node:path';

/** A file of a project that is made: its path in it, with slashes, and its text. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Lines of code, without those that are left out. */
export function lines(...all: readonly (string | false | readonly string[])[]): string {
  return `${all
    .flat()
    .filter((line) => line !== false)
    .join('\n')}\n`;
}

/** The text of a JSON file. */
export function jsonFile(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The name of the package in a folder, by that of the folder. */
export function packageNameFor(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'chat' : name;
}
