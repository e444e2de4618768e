import type { Size } from '../raster.ts';
import { DEFAULT_FOV_RADIANS } from '../scene/distance.ts';
import type { ParticlesMoment, ParticlesOptions } from './particles-options.ts';
import { hashShare } from './particles-random.ts';
import { PARTICLE_TRAITS, type ParticleTraits } from './particles-traits.ts';

/** One particle at one moment, on the picture. Lengths are pixels. */
export interface Particle {
  x: number;
  y: number;
  /** In scene units, of its middle. */
  distance: number;
  radius: number;
  /** Half of its streak. */
  streakX: number;
  streakY: number;
  /** 0..1 */
  opacity: number;
  /** 0..1: what its colour is multiplied by. */
  shade: number;
  /** -1 to 1: cooler or warmer than its colour. */
  warmth: number;
}

/** No chain is longer: one whose particles would follow each other more closely lets them come and go instead. */
const LONGEST_CHAIN = 10;
/** Where a way is so much longer than the picture, particles cross it a whole number of times in a loop. */
const SHORTEST_CROSSING = 1.5;
/** A bound on work, whatever is asked. */
const MOST_CHAINS = 12_000;
const GOLDEN = 0.618_033_988_749_895;
const FULL_TURN = 2 * Math.PI;

/** The scene as particles see it. */
export interface Stage extends Size {
  /** Scene units to the farthest particles, and to what the lens is focused on. */
  readonly reach: number;
  readonly focus: number;
}

/**
 * Shows every particle at a moment, from the farthest to the nearest; the object given is used again for the next.
 *
 * Particles fly in chains: each follows the one before it at the distance that it covers in one loop, so that at the end of
 * a loop each is where the next one was at its beginning. How a particle strays and twinkles depends on its age alone,
 * which goes on along the chain: the loop has no seam, and none looks like its neighbour.
 */
export function showParticles(
  options: ParticlesOptions,
  moment: ParticlesMoment,
  stage: Stage,
  show: (particle: Particle) => void,
): void {
  const traits = PARTICLE_TRAITS[options.kind];
  const flight = flightOf(options, moment, stage, traits);
  for (const chain of listChains(flight)) showChain(chain, flight, show);
}

interface Flight {
  readonly options: ParticlesOptions;
  readonly traits: ParticleTraits;
  readonly stage: Stage;
  readonly share: number;
  readonly loopSeconds: number;
  /** Pixels a scene unit at distance 1. */
  readonly focal: number;
  /** Along the wind, and across it. */
  readonly along: readonly [number, number];
  readonly particle: Particle;
}

interface Chain {
  readonly index: number;
  readonly distance: number;
  /** How much of a way is watched, how wide it is, and how far a particle gets in one loop; scene units. */
  readonly way: number;
  readonly width: number;
  readonly step: number;
}

function flightOf(
  options: ParticlesOptions,
  { share, loopSeconds }: ParticlesMoment,
  stage: Stage,
  traits: ParticleTraits,
): Flight {
  const wind = (options.windDegrees * Math.PI) / 180;
  return {
    options,
    traits,
    stage,
    share: share - Math.floor(share),
    loopSeconds,
    focal: stage.height / 2 / Math.tan(DEFAULT_FOV_RADIANS / 2),
    along: [Math.sin(wind), Math.cos(wind)],
    particle: {
      x: 0,
      y: 0,
      distance: 1,
      radius: 1,
      streakX: 0,
      streakY: 0,
      opacity: 1,
      shade: 1,
      warmth: 0,
    },
  };
}

/** Chains enough for the amount, the farthest first. More of them begin with the same ones. */
function listChains(flight: Flight): Chain[] {
  const { options, traits } = flight;
  let left = traits.most * options.amount ** 1.5;
  const chains: Chain[] = [];
  for (let index = 0; left > 0 && index < MOST_CHAINS; index++) {
    const chain = chainOf(index, flight);
    chains.push(chain);
    left -= inSight(chain, flight);
  }
  return chains.sort((a, b) => b.distance - a.distance || a.index - b.index);
}

function chainOf(index: number, { options, traits, stage, loopSeconds, ...flight }: Flight): Chain {
  const start = hashShare(options.seed, 0, 99);
  const even = (start + index * GOLDEN) % 1;
  const near = traits.nearest ** traits.spread;
  const far = Math.max(traits.nearest * 1.5, stage.reach * traits.farthestShare) ** traits.spread;
  const distance = (near + (far - near) * even) ** (1 / traits.spread);
  const [right, down] = flight.along;
  const tall = (stage.height * distance) / flight.focal;
  const wide = (stage.width * distance) / flight.focal;
  const blur = (blurOf(distance, traits, options.size, stage.focus) * distance) / flight.focal;
  const edge = 2 * (traits.stray + traits.radius * options.size * 2 + blur * stage.height);
  const vary = 0.8 + 0.4 * hashShare(options.seed, index, 1);
  return {
    index,
    distance,
    way: wide * Math.abs(right) + tall * down + edge,
    width: wide * down + tall * Math.abs(right) + edge,
    step: traits.speed * options.speed * vary * loopSeconds,
  };
}

/** How many particles of a chain are on the picture at once, on average. */
function inSight({ way, width, step, distance }: Chain, { stage, focal }: Flight): number {
  const seen = (stage.width * stage.height * distance * distance) / (focal * focal) / (way * width);
  const many = step > way / LONGEST_CHAIN && step < way * SHORTEST_CROSSING ? way / step : 1;
  return seen * many;
}

function showChain(chain: Chain, flight: Flight, show: (particle: Particle) => void): void {
  const { index, way, step } = chain;
  const { options, share, loopSeconds } = flight;
  const start = hashShare(options.seed, index, 2);
  if (step <= way / LONGEST_CHAIN) {
    // Slow: one that comes, drifts and goes.
    const age = (start + share) % 1;
    const at = way * hashShare(options.seed, index, 3) + step * (age - 0.5);
    const life = step === 0 ? 1 : fadeOf(age);
    showOne(chain, index, { at, seconds: age * loopSeconds, life, isRound: true }, flight, show);
  } else if (step < way * SHORTEST_CROSSING) {
    const many = Math.ceil(way / step) + 1;
    for (let member = 0; member < many; member++) {
      const age = start + share + member;
      const state = { at: (age - 1) * step, seconds: age * loopSeconds, life: 1 };
      showOne(chain, index, state, flight, show);
    }
  } else {
    const crossings = Math.round(step / way);
    const age = (start + share * crossings) % crossings;
    const crossing = Math.floor(age);
    const within = age - crossing;
    const state = { at: within * way, seconds: (within * loopSeconds) / crossings, life: 1 };
    showOne(chain, index + crossing * MOST_CHAINS, state, flight, show);
  }
}

/** Comes and goes softly at both ends of a life, 0..1. */
function fadeOf(age: number): number {
  const share = Math.min(1, Math.min(age, 1 - age) / 0.25);
  return share * share * (3 - 2 * share);
}

interface ParticleState {
  /** How far along its way, scene units. */
  readonly at: number;
  readonly seconds: number;
  readonly life: number;
  /** Whether the end of its life is its beginning again. */
  readonly isRound?: boolean;
}

function showOne(
  { distance, way, width }: Chain,
  identity: number,
  { at, seconds, life, isRound = false }: ParticleState,
  { options, traits, stage, focal, along, particle, loopSeconds }: Flight,
  show: (particle: Particle) => void,
): void {
  const { seed, size, speed } = options;
  const turn = (salt: number) => FULL_TURN * hashShare(seed, identity, salt);
  const hertz = traits.strayHertz * speed * (0.7 + 0.6 * hashShare(seed, identity, 4));
  // One that begins anew at its own end strays in whole turns.
  const turns = isRound ? Math.max(1, Math.round(hertz * loopSeconds)) / loopSeconds : hertz;
  const swing = FULL_TURN * (speed === 0 ? 0 : turns) * seconds;
  const across = Math.sin(swing + turn(5)) + 0.5 * Math.sin(2 * swing + turn(6));
  const on = 0.6 * Math.sin(swing + turn(7));
  const u = at - way / 2 + traits.stray * on;
  const v = (hashShare(seed, identity, 8) - 0.5) * width + traits.stray * across;
  const scale = focal / distance;
  const [right, down] = along;
  particle.x = stage.width / 2 + (u * right + v * down) * scale;
  particle.y = stage.height / 2 + (u * down - v * right) * scale;
  particle.distance = distance;

  const vary = traits.variety ** (2 * hashShare(seed, identity, 9) - 1);
  const own = traits.radius * size * vary * scale;
  const blur = blurOf(distance, traits, size, stage.focus) * stage.height * Math.sqrt(vary);
  const wanted = Math.hypot(own, blur);
  // Nothing is drawn smaller than a pixel: it is drawn fainter.
  particle.radius = Math.max(0.8, wanted);
  const spread = Math.max(1, wanted / own) ** traits.fading;
  const thin =
    Math.min(1, wanted / 0.8) ** (traits.exposureSeconds > 0 && traits.lumps === 0 ? 1 : 1.6);
  const light = 0.5 + 0.5 * Math.sin(swing * (traits.stray > 0 ? 2 : 1) + turn(10));
  const twinkle = 1 - traits.twinkle * light;
  const opacity = traits.opacity * (0.55 + 0.45 * hashShare(seed, identity, 11));
  particle.opacity = (opacity * life * twinkle * thin) / spread;
  particle.shade = 0.93 + 0.07 * hashShare(seed, identity, 12);
  particle.warmth = 2 * hashShare(seed, identity, 13) - 1;

  const streak = (traits.speed * speed * traits.exposureSeconds * scale) / 2;
  const lump = traits.lumps * own * hashShare(seed, identity, 14);
  const tumble = turn(15) + 0.5 * swing;
  particle.streakX = streak * right + lump * Math.cos(tumble);
  particle.streakY = streak * down + lump * Math.sin(tumble);
  show(particle);
}

/** Radius of the circle of confusion of a thin lens, as a share of the picture's height. */
function blurOf(distance: number, traits: ParticleTraits, size: number, focus: number): number {
  const apart = Math.abs(distance - focus);
  const circle = apart / (distance * 2 * focus * Math.tan(DEFAULT_FOV_RADIANS / 2));
  // Larger particles are those of a larger lens, too, or bokeh would keep its size.
  return (traits.aperture * Math.sqrt(size) * circle) / 2;
}
