import { removeModel } from '@diorama/runtime';
import type { ModelsFlags } from '../commands/models.ts';
import type { CommandContext } from '../context.ts';
import { write } from '../output/text.ts';
import { modelsFolderOf } from './models-place.ts';

/** Removes a pulled model. */
export async function removePulled(
  id: string,
  flags: ModelsFlags,
  context: CommandContext,
): Promise<number> {
  await removeModel(id, modelsFolderOf(flags, context));
  const text = flags.json ? JSON.stringify({ event: 'removed', id }) : `${id} is removed`;
  await write(context.stdout, `${text}\n`);
  return 0;
}
