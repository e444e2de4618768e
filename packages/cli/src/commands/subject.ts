import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { addSingleLayerCommand } from './single-layer.ts';

const EXAMPLES = `
  diorama subject beach.jpg -o cutout.png    with transparency
  diorama subject beach.jpg -o - > cutout.png
`.slice(1);

/** `diorama subject PHOTO -o FILE` */
export function addSubjectCommand(program: Command, conduct: Conduct): void {
  addSingleLayerCommand(program, conduct, 'subject', {
    summary: 'the subject cut out, in its own colours',
    examples: EXAMPLES,
  });
}
