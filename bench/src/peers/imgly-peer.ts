import { z } from 'zod';
import { installPeer, type PeerPlace } from './install-peer.ts';
import { openPeer } from './peer-process.ts';

const PLACE: PeerPlace = { name: 'imgly', package: '@imgly/background-removal-node' };

/** The peer's names for IS-Net with 8-bit and with 16-bit weights. */
export type ImglyModel = 'small' | 'medium';

export interface ImglyRequest {
  readonly jpeg: Uint8Array;
  readonly model: ImglyModel;
}

export interface ImglyMatte {
  readonly ms: number;
  readonly width: number;
  readonly height: number;
  /** One sample for each pixel. */
  readonly alpha: Uint8Array;
}

/** @imgly/background-removal-node in a process of its own. Times are without the way to the process. */
export interface ImglyPeer {
  /** Its default call: from the photo's bytes to a PNG's bytes. */
  cutOut(request: ImglyRequest): Promise<{ readonly ms: number; readonly pngBytes: number }>;
  /** From the photo's bytes to its samples with alpha, not encoded: its PNG has only 256 colours and alphas. */
  matte(request: ImglyRequest): Promise<ImglyMatte>;
  dispose(): Promise<void>;
}

const pngSchema = z.object({ ms: z.number(), pngBytes: z.number() });
const matteSchema = z.object({
  ms: z.number(),
  width: z.number(),
  height: z.number(),
  alpha: z.instanceof(Uint8Array),
});

/** Installs the peer where it is not yet; answers why it cannot be, or null. */
export function installImgly(say: (line: string) => void): Promise<string | null> {
  return installPeer(PLACE, say);
}

/** Starts the installed peer. It loads a model with the first photo for each way of asking. */
export function openImgly(): ImglyPeer {
  const peer = openPeer(PLACE);
  return {
    cutOut: (request) => peer.ask({ ...request, answer: 'png' }, pngSchema),
    matte: (request) => peer.ask({ ...request, answer: 'alpha' }, matteSchema),
    dispose: () => peer.dispose(),
  };
}
