import type { ByteRaster } from '../raster.ts';
import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';
import type { CinemagraphOptions } from './cinemagraph-options.ts';
import { warpLayer } from './cinemagraph-warp.ts';
import { cellMeans } from './flow-cells.ts';
import { solveFlow } from './flow-field.ts';
import { holdMask } from './flow-hold.ts';
import { type FlowPaths, followFlow, pathsAt } from './flow-paths.ts';
import type { LoopMoment } from './particles-options.ts';

/** A layer's flow, which is the same for all frames. */
interface Flow {
  readonly paths: FlowPaths;
  readonly hold?: ByteRaster | undefined;
  readonly free?: Uint8Array | undefined;
  /** Two moments, written anew for each frame. */
  readonly moments: readonly [Float32Array, Float32Array];
}

/** So many flows of one layer are kept: one recipe may have some. */
const MOST_KEPT = 4;

/** By the layer's depth, which stays the same object through all effects that change colours alone. */
const flows = new WeakMap<SceneLayer['depth'], Map<string, Flow>>();
const means = new WeakMap<ByteRaster, Float32Array>();

/**
 * A layer with what its arrows say flowing, and all else as it is: the same samples where nothing flows, and the same depth
 * everywhere. The layer is carried along twice, half a cycle apart, and each fades out where it would begin anew; at share 0 all
 * is in its place, and share 1 is the same picture.
 */
export function applyCinemagraph(
  scene: LayeredScene,
  options: CinemagraphOptions,
  { share }: LoopMoment,
): LayeredScene {
  if (options.arrows.length === 0 || options.speed === 0) return scene;
  const layer = scene[options.layer];
  const flow = flowOf(layer, options);
  const [first, second] = flow.moments;
  const at = (share - Math.floor(share)) * flow.paths.cycles;
  const phase = (at + 0.5) % 1;
  const other = at % 1;
  // At its ends a moment is not to be seen.
  const weight = Math.sin(Math.PI * phase) ** 2;
  if (weight === 1) return scene;
  pathsAt(flow.paths, phase, first);
  pathsAt(flow.paths, other, second);
  const colour = warpLayer(layer.colour, {
    grid: flow.paths.grid,
    offsets: flow.moments,
    weights: [weight, 1 - weight],
    hold: flow.hold,
    free: flow.free,
    means: meansOf(layer.colour, flow.paths),
  });
  return { ...scene, [options.layer]: { ...layer, colour } };
}

function flowOf(layer: SceneLayer, options: CinemagraphOptions): Flow {
  const { arrows, anchors, freeze, speed, reach } = options;
  const { width, height } = layer.colour;
  const key = JSON.stringify([
    options.layer,
    width,
    height,
    arrows,
    anchors,
    freeze,
    speed,
    reach ?? 0,
  ]);
  const kept = flows.get(layer.depth) ?? new Map<string, Flow>();
  flows.set(layer.depth, kept);
  const before = kept.get(key);
  if (before) return before;
  const field = solveFlow(layer.colour, options);
  const paths = followFlow(field, speed);
  const many = paths.grid.columns * paths.grid.rows * 2;
  const flow: Flow = {
    paths,
    hold: holdMask(layer.colour, options),
    free: field.free,
    moments: [new Float32Array(many), new Float32Array(many)],
  };
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, flow);
  return flow;
}

function meansOf(colour: ByteRaster, { grid }: FlowPaths): Float32Array {
  const before = means.get(colour);
  if (before) return before;
  const made = cellMeans(colour, grid);
  means.set(colour, made);
  return made;
}
