import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { modelTable, modelText } from '../output/model-text.ts';
import { write } from '../output/text.ts';

interface ModelsFlags {
  readonly json?: true;
}

/** `diorama models list|show` */
export function addModelsCommand(program: Command, conduct: Conduct): void {
  const models = program.command('models').description('What the models are, and their terms.');
  models
    .command('list')
    .description('Lists the models with their licences.')
    .option('--json', 'print the cards as a JSON array')
    .action((flags: ModelsFlags) =>
      conduct(async ({ stdout }) => {
        const { DEFAULT_MODEL_ID, listModelCards } = await import('@diorama/runtime');
        const cards = await listModelCards();
        await write(stdout, flags.json ? asJson(cards) : modelTable(cards, DEFAULT_MODEL_ID));
        return 0;
      }),
    );
  models
    .command('show')
    .description('Shows the card of a model: input, outputs, licence, origin, known faults.')
    .argument('<id>', 'as in the list')
    .option('--json', 'print the card as JSON')
    .action((id: string, flags: ModelsFlags) =>
      conduct(async ({ stdout }) => {
        const { findModelCard } = await import('@diorama/runtime');
        const card = await findModelCard(id);
        await write(stdout, flags.json ? asJson(card) : modelText(card));
        return 0;
      }),
    );
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
