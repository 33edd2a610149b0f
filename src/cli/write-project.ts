import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DeveloperError, messageOf } from '../errors';
import type { ProjectFile } from './project-file';

/** Created by `git init`; a folder with only this counts as empty. */
const NOT_COUNTED = '.git';

/**
 * The reason why a folder must not be written into; `undefined` if it may be.
 *
 * @param instead how to choose another folder, in words
 */
export function refusalOf(folder: string, force: boolean, instead: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory()) return `${folder} is a file: ${instead}.`;
  if (force || readdirSync(folder).every((name) => name === NOT_COUNTED)) return undefined;
  return `${folder} is not empty: ${instead}, or overwrite files with --force.`;
}

/**
 * Writes the files of a project, all or none: they are staged on the same disk first. In an existing folder,
 * only files with these paths are replaced.
 *
 * @throws DeveloperError `project_not_written`
 */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
  // The parent of an existing folder may be on another disk, or not writable.
  const around = existsSync(folder) ? folder : dirname(folder);
  let made: string | undefined;
  try {
    made = mkdirSync(around, { recursive: true });
    stageAndMove(around, folder, files);
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw new DeveloperError(
      'project_not_written',
      `The project could not be written, and nothing was: ${messageOf(error)}.`,
      'Choose another folder, or free disk space and grant write permission there.',
      { cause: error },
    );
  }
}

function stageAndMove(around: string, folder: string, files: readonly ProjectFile[]): void {
  const staged = mkdtempSync(join(around, '.chatkit-controllers-'));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(staged, 'new', path)), { recursive: true });
      writeFileSync(join(staged, 'new', path), text);
    }
    moveIn(staged, folder, files);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function moveIn(staged: string, folder: string, files: readonly ProjectFile[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path } of files) {
      const target = join(folder, path);
      const kept = join(staged, 'old', path);
      const made = mkdirSync(dirname(target), { recursive: true });
      if (made !== undefined) undo.push(() => rmSync(made, { recursive: true, force: true }));
      if (existsSync(target)) {
        if (statSync(target).isDirectory()) throw new Error(`${target} is a folder.`);
        mkdirSync(dirname(kept), { recursive: true });
        renameSync(target, kept);
        undo.push(() => renameSync(kept, target));
      }
      renameSync(join(staged, 'new', path), target);
      undo.push(() => rmSync(target, { force: true }));
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}
