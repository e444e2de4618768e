import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addSingleLayerCommand } from './single-layer.ts';

const EXAMPLES = `
  diorama depth beach.jpg -o depth.png       16-bit grey, white is near
  diorama depth beach.jpg -o depth.tiff      32-bit float, 1 is near
`.slice(1);

/** `diorama depth PHOTO -o FILE` */
export function addDepthCommand(program: Command, conduct: Conduct): void {
  addSingleLayerCommand(program, conduct, 'depth', {
    summary: 'how near each thing is',
    examples: EXAMPLES,
  });
}
