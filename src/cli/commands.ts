import { check } from './check';
import type { Command } from './command';
import { importWorkflow } from './import-workflow';
import { init } from './init';
import { playground } from './playground';
import { routes } from './routes';

/** All commands, in the order in which they are listed. */
export const COMMANDS: readonly Command[] = [init, check, routes, playground, importWorkflow];
