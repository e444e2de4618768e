import { createLocalPredictor, type LocalPredictorOptions } from '@diorama/runtime';
import { createSealer, type Sealer, type SealerOptions } from '@diorama/sealed/caller';
import type { Place } from '../place.ts';
import { describeInTime, describePlace } from './describe-place.ts';
import { checkDescribed, findKnownCard } from './find-card.ts';
import type { LocalAddress, PlaceAddress, VertexAddress, WebAddress } from './place-address.ts';
import { limitsOf } from './place-limits.ts';
import { RemoteEndpoint } from './remote-endpoint.ts';
import { RemotePredictor } from './remote-predictor.ts';

export interface PlaceOptions {
  /** How sessions of this process are opened, for the address `local`; its models folder counts for all. */
  readonly local?: Omit<LocalPredictorOptions, 'model'> | undefined;
  /**
   * What pictures are sealed to: keys that are known or asked for, or those that each predictor says it has. Sessions of
   * this process read nothing sealed, nor need to.
   */
  readonly sealTo?: 'describe' | SealerOptions['keys'] | undefined;
  /** How long a predictor whose model is not known here may take to say which it is; 600,000 ms by default. */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 600_000;

/**
 * Opens one place where pictures can be sent.
 * @throws DioramaError `CONFIG_INVALID`, and what a local predictor or the question for its model throws
 */
export async function openPlace(address: PlaceAddress, options: PlaceOptions): Promise<Place> {
  return address.kind === 'local' ? openLocal(address, options) : openRemote(address, options);
}

async function openLocal(
  { name, model }: LocalAddress,
  { local = {} }: PlaceOptions,
): Promise<Place> {
  const predictor = await createLocalPredictor({
    ...local,
    ...(model === undefined ? {} : { model }),
  });
  const { size } = predictor.stats?.() ?? { size: 1 };
  // What is in work, and what its sessions find when they are done.
  return { name, kind: 'local', predictor, maxInFlight: 2 * size };
}

async function openRemote(
  address: VertexAddress | WebAddress,
  options: PlaceOptions,
): Promise<Place> {
  const { kind, name } = address;
  const endpoint = new RemoteEndpoint(address);
  try {
    const card = await cardOf(endpoint, options);
    const predictor = new RemotePredictor(endpoint, card, sealerFor(endpoint, options));
    const { checkHealth } = endpoint;
    const { maxInFlight } = limitsOf(address);
    return { name, kind, predictor, maxInFlight, ...(checkHealth ? { checkHealth } : {}) };
  } catch (error) {
    await endpoint.close();
    throw error;
  }
}

async function cardOf(endpoint: RemoteEndpoint, options: PlaceOptions) {
  const { model, name } = endpoint.address;
  const known = await findKnownCard(model, options.local?.modelsFolder);
  if (known) return known;
  const { patienceMs = PATIENCE_MS, signal = endpoint.closed } = options;
  const { card } = await describeInTime(endpoint, patienceMs, signal);
  return checkDescribed(card, model, name);
}

function sealerFor(endpoint: RemoteEndpoint, { sealTo }: PlaceOptions): Sealer | undefined {
  if (sealTo === undefined) return undefined;
  if (sealTo !== 'describe') return createSealer({ keys: sealTo });
  return createSealer({
    keys: async (signal) => (await describePlace(endpoint, signal)).seal.keys,
  });
}
