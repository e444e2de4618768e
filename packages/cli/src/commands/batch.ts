import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addBatchJob } from './batch-job.ts';
import { addBatchLayers } from './batch-layers.ts';
import { addBatchMake } from './batch-make.ts';

/** `diorama batch make|job|layers` */
export function addBatchCommand(program: Command, conduct: Conduct): void {
  const batch = program
    .command('batch')
    .summary('many photos through a batch prediction job of Vertex AI')
    .description(
      'Many photos through a batch prediction job of Vertex AI: make writes what it reads, job prints what to ask it, ' +
        'layers turns what it wrote into layers.',
    );
  addBatchMake(batch, conduct);
  addBatchJob(batch, conduct);
  addBatchLayers(batch, conduct);
}
