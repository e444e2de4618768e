import { exitCodeOf, problemOf } from '@diorama/contract';
import { verifyModels } from '@diorama/runtime';
import type { ModelsFlags } from '../commands/models.ts';
import type { CommandContext } from '../context.ts';
import { asJson } from '../output/model-table.ts';
import { oneLine, problemLine, write } from '../output/text.ts';
import { modelsFolderOf } from './models-place.ts';

/** Hashes models anew and prints a line for each. Answers the exit code. */
export async function verifyHere(
  ids: readonly string[],
  flags: ModelsFlags,
  context: CommandContext,
): Promise<number> {
  const { stdout, stderr, signal } = context;
  const models = await verifyModels(ids, modelsFolderOf(flags, context), signal);
  if (flags.json) {
    const told = models.map(({ id, card, problem }) => ({
      id,
      isWhole: !problem,
      ...(card ? { version: card.version, sha256: card.sha256 } : {}),
      ...(problem ? { problem: problemOf(problem) } : {}),
    }));
    await write(stdout, asJson(told));
  } else {
    for (const { id, card, problem } of models) {
      if (problem) await write(stderr, `${problemLine(id, problem)}\n`);
      else await write(stdout, `${id} ${oneLine(card?.version ?? '')} is whole\n`);
    }
  }
  const damaged = models.find(({ problem }) => problem);
  return damaged ? exitCodeOf(damaged.problem) : 0;
}
