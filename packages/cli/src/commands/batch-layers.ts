import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addLayerOptions, type LayersFlags } from './layers.ts';

export interface BatchLayersFlags extends LayersFlags {
  readonly predictions: string;
}

const EXAMPLES = `
Examples:
  diorama batch layers photos/ --predictions gs://our-bucket/out -o layers
  diorama batch layers photos/ --predictions out/ -o layers --size 2048
`;

/** `diorama batch layers PHOTO... --predictions PLACE -o DIR` */
export function addBatchLayers(batch: Command, conduct: Conduct): void {
  const command = batch
    .command('layers')
    .description(
      'Makes the layers of photos from what a job predicted of them: the same folders as diorama layers makes.',
    )
    .argument('<photo...>', 'the photos that the lines were made of')
    .requiredOption('--predictions <place>', 'what the job wrote: a folder, or gs://bucket/folder');
  addLayerOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((photos: string[], flags: BatchLayersFlags) =>
      conduct(async (context) => {
        const { runBatchLayers } = await import('../run/batch-layers.ts');
        return runBatchLayers(photos, flags, context);
      }),
    );
}
