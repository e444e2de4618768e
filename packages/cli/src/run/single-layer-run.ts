import { join } from 'node:path';
import type { LayerName } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { chooseModels, type LayersOptions, resolveLayersOptions } from '@diorama/engine';
import { defaultModelsFolder } from '@diorama/runtime';
import type { SingleLayerFlags } from '../commands/single-layer.ts';
import type { CommandContext } from '../context.ts';
import { shownPath } from '../input/photo-list.ts';
import { namePhotos } from '../input/photo-names.ts';
import { write } from '../output/text.ts';
import { FORMAT_ENDINGS } from '../store/layer-files.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { sharedLayersOptions } from './engine-options.ts';
import { folderOf, prepareTarget, targetOf } from './layer-target.ts';
import { findPhotosFor, workOnPhotos } from './photo-command.ts';

/** Makes one layer of one photo or of several. Answers the exit code. */
export async function runSingleLayer(
  layer: LayerName,
  inputs: readonly string[],
  flags: SingleLayerFlags,
  context: CommandContext,
): Promise<number> {
  await chooseModels(flags.model, defaultModelsFolder(context.env));
  const folder = await folderOf(flags.output, context.cwd);
  const found = await findPhotosFor(inputs, context, folder);
  const target = targetOf(flags, found.photos.length, context, folder);
  const format = target.kind === 'file' ? target.format : flags.format;
  const options: LayersOptions = {
    ...sharedLayersOptions(flags),
    layers: [layer],
    formats: format ? { [layer]: format } : {},
  };
  const [ending = ''] = FORMAT_ENDINGS[resolveLayersOptions(options).formats[layer]];
  await prepareTarget(target, found, flags.output);

  const names = namePhotos(found.photos.map(({ path }) => path));
  const nameOf = new Map(found.photos.map(({ path }, index) => [path, names[index]]));
  return workOnPhotos(found, flags, context, async ({ photo, bytes, deadline, engine }) => {
    const diorama = await engine();
    const answer = await deadline.race(diorama.layers(bytes, options, deadline.signal));
    const { document, files } = answer;
    const picture = files.get(document.files[layer]?.path ?? '');
    if (!picture) throw new DioramaError('INTERNAL', `The engine made no ${layer}`);
    if (target.kind === 'stdout') {
      await write(context.stdout, picture);
      return { output: '-', document };
    }
    const isFile = target.kind === 'file';
    const path = isFile ? target.path : join(target.path, `${nameOf.get(photo.path)}${ending}`);
    await writeWholeFile(path, picture, deadline.signal);
    return { output: shownPath(path, context.cwd), document };
  });
}
