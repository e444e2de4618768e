export type ParticleKind = 'snow' | 'rain' | 'dust' | 'bokeh';

/**
 * What is natural for a kind. Lengths are scene units: a subject is mostly one to two away, so that one unit is about two
 * metres. The figures are chosen by eye, larger than life where a photo of the real thing would show nothing.
 */
export interface ParticleTraits {
  /** As many as are in sight at most. */
  readonly most: number;
  /** Distances: the nearest, and the farthest as a share of the scene's. */
  readonly nearest: number;
  readonly farthestShare: number;
  /** How distances are spread: 1 evenly, below it more near ones, 3 evenly in space. */
  readonly spread: number;
  readonly radius: number;
  /** Sizes vary by this factor, up and down. */
  readonly variety: number;
  /** Scene units a second, along the wind. */
  readonly speed: number;
  /** How far it strays from its way, and how often a second. */
  readonly stray: number;
  readonly strayHertz: number;
  readonly opacity: number;
  /** How much of its opacity a particle keeps as it is spread over more of the picture: 0 all, 2 what optics say. */
  readonly fading: number;
  /** Diameter of the lens: how fast what is not in focus gets large. */
  readonly aperture: number;
  /** How long the shutter is open: moving things draw a streak so long. */
  readonly exposureSeconds: number;
  /** Share of the light that comes and goes. */
  readonly twinkle: number;
  /** 0 round, 1 lumpy. */
  readonly lumps: number;
  /** 0: fades from its middle, 1: an even disc with a rim, as of a light out of focus. */
  readonly flatness: number;
  /** How much one is warmer or cooler than another. */
  readonly tint: number;
  /** How much it is a light, which is not seen before what is bright, 0..1. */
  readonly glow: number;
}

export const PARTICLE_TRAITS: Readonly<Record<ParticleKind, ParticleTraits>> = {
  snow: {
    most: 3600,
    nearest: 0.34,
    farthestShare: 1,
    spread: 0.9,
    radius: 0.0062,
    variety: 1.7,
    speed: 0.34,
    stray: 0.03,
    strayHertz: 0.4,
    opacity: 0.95,
    fading: 1.15,
    aperture: 0.016,
    exposureSeconds: 0.01,
    twinkle: 0.25,
    lumps: 0.45,
    flatness: 0.2,
    tint: 0,
    glow: 0,
  },
  rain: {
    most: 2000,
    nearest: 0.45,
    farthestShare: 1,
    spread: 0.8,
    radius: 0.0011,
    variety: 1.5,
    speed: 4.4,
    stray: 0,
    strayHertz: 0,
    opacity: 0.42,
    fading: 0.8,
    aperture: 0.004,
    exposureSeconds: 0.02,
    twinkle: 0,
    lumps: 0,
    flatness: 0,
    tint: 0,
    glow: 0.5,
  },
  dust: {
    most: 1400,
    nearest: 0.36,
    farthestShare: 0.7,
    spread: 0.7,
    radius: 0.0022,
    variety: 1.8,
    speed: 0.02,
    stray: 0.06,
    strayHertz: 0.08,
    opacity: 1,
    fading: 1,
    aperture: 0.015,
    exposureSeconds: 0,
    twinkle: 0.8,
    lumps: 0.3,
    flatness: 0.45,
    tint: 0.25,
    glow: 0.9,
  },
  bokeh: {
    most: 260,
    nearest: 0.5,
    farthestShare: 1,
    spread: 1.2,
    radius: 0.004,
    variety: 1.5,
    speed: 0.012,
    stray: 0.05,
    strayHertz: 0.05,
    opacity: 0.85,
    fading: 0.12,
    aperture: 0.085,
    exposureSeconds: 0,
    twinkle: 0.45,
    lumps: 0,
    flatness: 1,
    tint: 1,
    glow: 1,
  },
};
