import { resolve } from 'node:path';
import { defaultModelsFolder } from '@diorama/runtime';
import type { CommandContext } from '../context.ts';

/** The models folder of a command: its option, `DIORAMA_MODELS`, or the system's place for it. */
export function modelsFolderOf(
  flags: { readonly models?: string },
  { cwd, env }: Pick<CommandContext, 'cwd' | 'env'>,
): string {
  return flags.models === undefined ? defaultModelsFolder(env) : resolve(cwd, flags.models);
}
