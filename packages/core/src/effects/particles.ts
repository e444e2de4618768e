import { byteRaster, wordRaster } from '../raster.ts';
import { distanceOf } from '../scene/distance.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import { bytesOfHex } from './light.ts';
import { cellAt } from './particles-cells.ts';
import { drawParticle } from './particles-draw.ts';
import { findLight } from './particles-light.ts';
import type { ParticlesMoment, ParticlesOptions } from './particles-options.ts';
import { findRoom } from './particles-room.ts';
import { describeSubjectDepth } from './particles-subject.ts';
import { showParticles } from './particles-swarm.ts';
import { PARTICLE_TRAITS } from './particles-traits.ts';

/** Where nothing tells what the lens is focused on, in scene units. */
const DEFAULT_FOCUS = 2;
/** Inverse depths over which a particle changes from behind the subject to before it, and is hidden by the plate. */
const SUBJECT_SOFTNESS = 0.04;
const PLATE_SOFTNESS = 0.04;

/**
 * Adds what falls or floats: behind the subject to `between`, before it to `front`, and nothing where the plate is nearer.
 * The other layers stay the same objects. Shares 0 and 1 give the same picture, sample for sample.
 */
export function applyParticles(
  scene: LayeredScene,
  options: ParticlesOptions,
  moment: ParticlesMoment,
): LayeredScene {
  if (options.amount <= 0) return scene;
  const { plate } = scene;
  // A scene without any room has no depths to tell apart.
  const farthest = Math.max(1.01, scene.farthest);
  const subject = describeSubjectDepth(scene.subject);
  const focus = subject ? distanceOf(subject.mean, farthest) : Math.min(DEFAULT_FOCUS, farthest);
  const reach = distanceOf(findRoom(plate), farthest);
  const stage = { ...sizeOf(plate), reach, focus };
  const rest = subject?.mean ?? 0.5;
  const between = subject && openLayer(scene.between, moment.out?.between, stage, rest * 0.6);
  const front = openLayer(scene.front, moment.out?.front, stage, (rest + 1) / 2);
  const traits = PARTICLE_TRAITS[options.kind];
  const [red, green, blue] = bytesOfHex(options.colour);
  const brush = { red, green, blue, flatness: traits.flatness, tint: traits.tint };
  const far = 1 / farthest;
  const hiding = { depth: plate.depth.data, inverse: 0, softness: PLATE_SOFTNESS * 65535 };
  const light = traits.glow > 0 ? findLight(scene) : undefined;
  showParticles(options, moment, stage, (particle) => {
    const x = particle.x / stage.width;
    const y = particle.y / stage.height;
    if (light) particle.opacity *= 1 - traits.glow * cellAt(light, x, y) ** 2;
    const inverse = (1 / particle.distance - far) / (1 - far);
    const apart = subject ? (inverse - cellAt(subject.inverse, x, y)) / SUBJECT_SOFTNESS : 1;
    const before = Math.min(1, Math.max(0, apart + 0.5));
    hiding.inverse = inverse * 65535;
    if (before < 1 && between) drawParticle(between, particle, 1 - before, brush, hiding);
    if (before > 0) drawParticle(front, particle, before, brush, hiding);
  });
  return { ...scene, between: between ?? scene.between, front };
}

/** A layer to draw on: what was there before, over memory that may be an earlier frame's. */
function openLayer(
  before: SceneLayer | undefined,
  out: SceneLayer | undefined,
  size: { readonly width: number; readonly height: number },
  rest: number,
): SceneLayer {
  // An effect before this one drew on the same memory in this frame.
  if (before !== undefined && before === out) return out;
  const isUsable = out?.colour.width === size.width && out.colour.height === size.height;
  const layer = isUsable && out ? out : { colour: byteRaster(size, 4), depth: wordRaster(size, 1) };
  if (before) {
    layer.colour.data.set(before.colour.data);
    layer.depth.data.set(before.depth.data);
  } else {
    if (layer === out) layer.colour.data.fill(0);
    layer.depth.data.fill(Math.round(rest * 65535));
  }
  return layer;
}

function sizeOf({ colour: { width, height } }: SceneLayer) {
  return { width, height };
}
