import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addSingleLayerCommand } from './single-layer.ts';

const EXAMPLES = `
  diorama plate beach.jpg -o plate.jpg --quality 90
  diorama plate beach.jpg -o plate.avif --size 2048
`.slice(1);

/** `diorama plate PHOTO -o FILE` */
export function addPlateCommand(program: Command, conduct: Conduct): void {
  addSingleLayerCommand(program, conduct, 'plate', {
    summary: 'the background, filled in behind the subject',
    examples: EXAMPLES,
  });
}
