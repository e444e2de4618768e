import { join, resolve } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { chooseModels, type LayersOptions, resolveLayersOptions } from '@diorama/engine';
import { defaultModelsFolder } from '@diorama/runtime';
import type { LayersFlags } from '../commands/layers.ts';
import type { CommandContext } from '../context.ts';
import type { FoundPhotos } from '../input/photo-list.ts';
import { shownPath } from '../input/photo-list.ts';
import { namePhotos } from '../input/photo-names.ts';
import { readFinished, refuseToReplaceOthers, writeLayersFolder } from '../store/layers-folder.ts';
import { openOutputFolder } from '../store/output-folder.ts';
import { requestKey } from '../store/request-key.ts';
import { sharedLayersOptions } from './engine-options.ts';
import { findPhotosFor, type PhotoTask, type StartEngine, workOnPhotos } from './photo-command.ts';
import type { PhotoResult } from './photo-run.ts';

/** Makes the layers of photos, each in its own folder, and leaves alone what is finished. Answers the exit code. */
export async function runLayers(
  inputs: readonly string[],
  flags: LayersFlags,
  context: CommandContext,
): Promise<number> {
  resolveLayersOptions(layersOptionsOf(flags)); // what cannot be made is said before photos are looked for
  const cards = await chooseModels(flags.model, defaultModelsFolder(context.env));
  return makeLayers({ found: await findPhotosFor(inputs, context), cards }, flags, context);
}

/** Photos, and who answers what of them. */
export interface LayersWork {
  readonly found: FoundPhotos;
  readonly cards: readonly ModelCard[];
  /** The engine of this machine by default. */
  readonly startEngine?: StartEngine;
  /** What its predictors want to know of a photo. */
  readonly termsOf?: (photo: Uint8Array<ArrayBuffer>) => Promise<LayersOptions['terms']>;
}

/** Makes each photo into a folder of layers, unless it is finished. Answers the exit code. */
export async function makeLayers(
  { found, cards, startEngine, termsOf }: LayersWork,
  flags: LayersFlags,
  context: CommandContext,
): Promise<number> {
  const options = layersOptionsOf(flags);
  const canonical = canonicalOptions(options);
  const model = cards.map(({ sha256 }) => sha256).join(' ');
  const folder = resolve(context.cwd, flags.output);
  if (found.photos.length > 0) await openOutputFolder(folder, flags.output);

  const names = namePhotos(found.photos.map(({ path }) => path));
  const nameOf = new Map(found.photos.map(({ path }, index) => [path, names[index] as string])); // as many names as photos
  const work = async (task: PhotoTask): Promise<PhotoResult> => {
    const { photo, bytes, deadline } = task;
    const name = nameOf.get(photo.path) as string; // every photo has a name
    const place = join(folder, name);
    const output = shownPath(place, context.cwd);
    const terms = await termsOf?.(bytes);
    const key = requestKey({ photo: bytes, options: canonical, model });
    const finished = flags.force ? undefined : await readFinished(place, key);
    if (finished) return { isSkipped: true, output, document: finished };

    await refuseToReplaceOthers(folder, name); // said before the work, and looked at again after it
    const engine = await task.engine();
    const asked = terms ? { ...options, terms } : options;
    const { document, files } = await deadline.race(engine.layers(bytes, asked, deadline.signal));
    const keyed = { ...document, requestKey: key };
    await writeLayersFolder(folder, name, { document: keyed, files }, deadline.signal);
    return { output, document: keyed };
  };
  return workOnPhotos(found, flags, context, work, startEngine);
}

function layersOptionsOf(flags: LayersFlags): LayersOptions {
  const formats = { ...flags.format, ...(flags.plate ? { plate: flags.plate } : {}) };
  return {
    ...sharedLayersOptions(flags),
    formats,
    ...(flags.layers ? { layers: flags.layers } : {}),
    ...(flags.plateDepth ? { plateDepth: true } : {}),
  };
}

/** The options with every default, less the formats of layers that nobody asked for. */
function canonicalOptions(options: LayersOptions): Readonly<Record<string, unknown>> {
  const { layers, formats, ...others } = resolveLayersOptions(options);
  const made = [...layers].sort().map((layer) => [layer, formats[layer]]);
  return { ...others, depthFormat: others.plateDepth ? formats.depth : '', made };
}
