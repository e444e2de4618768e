import type { LoopShare, SceneLayer } from '../scene/layered-scene.ts';
import type { ParticleKind } from './particles-traits.ts';

/** What falls or floats; the same words as in a recipe. */
export interface ParticlesOptions {
  readonly kind: ParticleKind;
  /** 0 none, 1 as many as there may be. */
  readonly amount: number;
  /** 1 is natural. */
  readonly size: number;
  /** 1 is natural. */
  readonly speed: number;
  /** Degrees from straight down, positive to the right. */
  readonly windDegrees: number;
  /** `#rrggbb` */
  readonly colour: string;
  readonly seed: number;
}

/** The moment of a moving effect. */
export interface LoopMoment {
  readonly share: LoopShare;
  readonly loopSeconds: number;
}

/** Layers of an earlier frame, on the same grid, whose memory is used again. */
export interface ParticleBuffers {
  readonly between: SceneLayer;
  readonly front: SceneLayer;
}

export interface ParticlesMoment extends LoopMoment {
  readonly out?: ParticleBuffers | undefined;
}
