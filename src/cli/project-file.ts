import { basename, resolve } from 'node:path';

/** A file of a new project: its path within the project, with slashes, and its text. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Joins lines, without the `false` ones. */
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

/** The package name for a folder, made from the folder's name. */
export function packageNameFor(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'chat' : name;
}
