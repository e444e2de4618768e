import { connectNetworks, readSealTo } from '@diorama/cloud';
import { createDiorama } from '@diorama/engine';
import { defaultModelsFolder } from '@diorama/runtime';
import type { LayersFlags } from '../commands/layers.ts';
import type { CommandContext } from '../context.ts';
import { engineOptionsOf } from './engine-options.ts';
import { makeLayers } from './layers-run.ts';
import { findPhotosFor } from './photo-command.ts';

/** Makes the layers of photos with a model that runs elsewhere. Answers the exit code. */
export async function runLayersElsewhere(
  addresses: readonly string[],
  { photos, flags }: { readonly photos: readonly string[]; readonly flags: LayersFlags },
  context: CommandContext,
): Promise<number> {
  const found = await findPhotosFor(photos, context);
  const {
    photoWorkers: _photoWorkers,
    limits: _limits,
    model,
    ...local
  } = engineOptionsOf(flags, found.photos.length, context.env);
  const modelsFolder = defaultModelsFolder(context.env);
  const networks = await connectNetworks(addresses, {
    local: { ...local, modelsFolder },
    model,
    signal: context.signal,
    ...(flags.sealTo === undefined ? {} : { sealTo: await readSealTo(flags.sealTo) }),
  });
  try {
    const cards = networks.map(({ card }) => card);
    const startEngine = (options: Parameters<typeof createDiorama>[0]) =>
      createDiorama({ ...options, predictor: networks });
    return await makeLayers({ found, cards, startEngine }, flags, context);
  } finally {
    // An engine that was never started, since everything was finished, has not ended them.
    await Promise.all(networks.map((network) => network.dispose()));
  }
}
