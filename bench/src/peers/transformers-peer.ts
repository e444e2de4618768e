import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Load } from '../in-flight.ts';
import { installPeer, type PeerPlace } from './install-peer.ts';
import { openPeer } from './peer-process.ts';

const PLACE: PeerPlace = { name: 'transformers', package: '@huggingface/transformers' };

/** As they lie beside the public checkpoints of Depth Anything V2 Small. */
const CONFIG = {
  architectures: ['DepthAnythingForDepthEstimation'],
  model_type: 'depth_anything',
};
const PREPROCESSOR_CONFIG = {
  image_processor_type: 'DPTImageProcessor',
  do_resize: true,
  size: { width: 518, height: 518 },
  keep_aspect_ratio: true,
  ensure_multiple_of: 14,
  resample: 3,
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
  do_pad: false,
  size_divisor: null,
};

const openedSchema = z.object({ isOpen: z.literal(true) });
const loadSchema = z.object({
  wallMs: z.number(),
  cpuMs: z.number(),
  loopDelayMs: z.object({ p99: z.number(), most: z.number() }),
  sizes: z.array(z.object({ width: z.int().positive(), height: z.int().positive() })),
});

/** The depth pipeline of @huggingface/transformers in a process of its own. */
export interface TransformersPeer {
  /** Depth of each photo, so many at once. Times are without the way to the process. */
  estimate(jpegs: readonly Uint8Array[], inFlight: number): Promise<Load>;
  dispose(): Promise<void>;
}

/** Installs the peer where it is not yet; answers why it cannot be, or null. */
export function installTransformers(say: (line: string) => void): Promise<string | null> {
  return installPeer(PLACE, say);
}

/** Starts the installed peer with the model of a folder that holds `onnx/model.onnx` of Depth Anything V2. */
export async function openTransformers(folder: string): Promise<TransformersPeer> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(CONFIG));
  await writeFile(join(folder, 'preprocessor_config.json'), JSON.stringify(PREPROCESSOR_CONFIG));
  const peer = openPeer(PLACE);
  try {
    await peer.ask({ folder }, openedSchema);
  } catch (error) {
    await peer.dispose();
    throw error;
  }
  return {
    estimate: (jpegs, inFlight) => peer.ask({ jpegs, inFlight }, loadSchema),
    dispose: () => peer.dispose(),
  };
}
