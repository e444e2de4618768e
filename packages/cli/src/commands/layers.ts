import type { LayerFormat, LayerName } from '@diorama/contract';
import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { collectFormat, parseFormat, parseLayers } from '../options/formats.ts';
import { addPredictorOptions, type PredictorFlags } from '../options/predictors.ts';
import { addWorkOptions, type WorkFlags } from '../options/work-options.ts';

export interface LayersFlags extends WorkFlags, PredictorFlags {
  readonly output: string;
  readonly layers?: readonly LayerName[];
  readonly format?: Partial<Record<LayerName, LayerFormat>>;
  readonly plate?: LayerFormat;
  readonly plateDepth?: true;
  readonly force?: true;
}

const EXAMPLES = `
Examples:
  diorama layers beach.jpg -o out         out/beach/ with depth.png, matte.png, subject.png, plate.jpg, layers.json
  diorama layers photos/ -o out           every photo in a folder and below; run it again to go on
  diorama layers 'photos/**/*.jpg' -o out --size 2048 --plate png
  diorama layers beach.jpg -o out --layers matte,depth --format depth=tiff
`;

/** `diorama layers PHOTO... -o DIR` */
export function addLayersCommand(program: Command, conduct: Conduct): void {
  const layers = addLayerOptions(
    program
      .command('layers')
      .summary('all layers of photos, each photo in its own folder')
      .description(
        'Makes the depth, matte, subject and plate of photos, each in DIR/<name>/ with a layers.json. ' +
          'Photos that an earlier run finished with the same options are left as they are.',
      )
      .argument('<photo...>', 'files, folders (with the folders below them), or quoted patterns'),
  );
  const command = addPredictorOptions(layers);
  command.addHelpText('after', EXAMPLES).action((photos: string[], flags: LayersFlags) =>
    conduct(async (context) => {
      if (flags.predictor !== undefined) {
        const { runLayersElsewhere } = await import('../run/layers-elsewhere.ts');
        return runLayersElsewhere(flags.predictor, { photos, flags }, context);
      }
      const { runLayers } = await import('../run/layers-run.ts');
      return runLayers(photos, flags, context);
    }),
  );
}

/** Adds what `LayersFlags` reads. */
export function addLayerOptions(command: Command): Command {
  command
    .requiredOption('-o, --output <dir>', 'where the folders of layers go')
    .option('--layers <names>', 'only these, such as matte,depth', parseLayers)
    .option('--format <layer=format>', 'format of a layer, such as depth=tiff', collectFormat)
    .option('--plate <format>', 'short for --format plate=<format>', parseFormat)
    .option('--plate-depth', 'also the depth of the plate')
    .option('--force', 'make anew what is finished');
  return addWorkOptions(command);
}
