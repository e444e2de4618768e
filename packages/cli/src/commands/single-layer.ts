import type { LayerFormat, LayerName } from '@diorama/contract';
import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { parseFormat } from '../options/formats.ts';
import { addWorkOptions, type WorkFlags } from '../options/work-options.ts';

export interface SingleLayerFlags extends WorkFlags {
  readonly output: string;
  readonly format?: LayerFormat;
}

/** What is particular to the command of one layer. */
export interface SingleLayerText {
  readonly summary: string;
  readonly examples: string;
}

/** `diorama <layer> PHOTO -o FILE` */
export function addSingleLayerCommand(
  program: Command,
  conduct: Conduct,
  layer: LayerName,
  text: SingleLayerText,
): void {
  const command = program
    .command(layer)
    .summary(text.summary)
    .description(
      `Makes the ${layer} of a photo: ${text.summary}. The ending of FILE picks the format: ` +
        '.png .jpg .jpeg .webp .avif .tif .tiff. Several photos go to a folder, -o DIR/, and `-o -` is stdout.',
    )
    .argument('<photo...>', 'files, folders (with the folders below them), or quoted patterns')
    .requiredOption('-o, --output <file>', 'the picture, or a folder for several')
    .option('--format <format>', 'for a folder and for stdout', parseFormat);
  addWorkOptions(command)
    .addHelpText('after', `\nExamples:\n${text.examples}`)
    .action((photos: string[], flags: SingleLayerFlags) =>
      conduct(async (context) => {
        const { runSingleLayer } = await import('../run/single-layer-run.ts');
        return runSingleLayer(layer, photos, flags, context);
      }),
    );
}
