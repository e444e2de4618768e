import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addSingleLayerCommand } from './single-layer.ts';

const EXAMPLES = `
  diorama matte beach.jpg -o matte.png       8-bit grey, white is subject
  diorama matte photos/ -o mattes/ --format webp
`.slice(1);

/** `diorama matte PHOTO -o FILE` */
export function addMatteCommand(program: Command, conduct: Conduct): void {
  addSingleLayerCommand(program, conduct, 'matte', {
    summary: 'how much of each pixel is subject',
    examples: EXAMPLES,
  });
}
