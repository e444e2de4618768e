import { PHOTO_POSE } from '@diorama/core/scene';
import { stageLayersOf } from '../../stage/stage-layers.ts';
import { StageRenderer } from '../../stage/stage-renderer.ts';
import { STRAIGHT_ON, type StageLook, type StageTurn } from '../../stage/stage-settings.ts';
import type { WorkLayers } from '../state.ts';
import type { ExportKind } from './export-order.ts';

/** The stage's own density runs over so many columns. */
const FEWEST_COLUMNS = 60;
const COLUMNS_RANGE = 500;

/** Far enough to the side that depth is seen, near enough that the photo still is. */
export const FIRST_TURN: StageTurn = {
  ...STRAIGHT_ON,
  azimuthDegrees: 24,
  elevationDegrees: 10,
  zoom: 0.72,
};
/** A mesh or points as they will be in the file, on a canvas. */
export class SpacePreview {
  readonly #renderer: StageRenderer;
  #asked = 0;

  /** @throws DioramaError `PROVIDER_UNAVAILABLE` where the browser has no WebGL 2 */
  constructor(canvas: HTMLCanvasElement, look: StageLook) {
    this.#renderer = new StageRenderer(canvas);
    this.#renderer.setLook(look);
  }

  setGround(ground: readonly [number, number, number]): void {
    this.#renderer.setGround(ground);
    this.#ask();
  }

  setLayers(layers: WorkLayers): void {
    this.#renderer.setLayers(stageLayersOf(layers), layers.size);
    this.#ask();
  }

  setLook(look: StageLook): void {
    this.#renderer.setLook(look);
    this.#ask();
  }

  setSize(widthPx: number, heightPx: number, pixelRatio: number): void {
    if (widthPx < 1 || heightPx < 1) return;
    this.#renderer.setSize(widthPx, heightPx, pixelRatio);
    this.#ask();
  }

  dispose(): void {
    cancelAnimationFrame(this.#asked);
    this.#renderer.dispose();
  }

  /** Draws before the next picture of the screen, once. */
  #ask(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = requestAnimationFrame(() => this.#renderer.render(PHOTO_POSE));
  }
}

/** What of a file can be shown of a look: what stands on the stage, as deep as there, so many columns at most. */
export function lookOf(
  kind: Extract<ExportKind, 'mesh' | 'points'>,
  stage: StageLook,
  { columns, turn }: { readonly columns: number; readonly turn: StageTurn },
): StageLook {
  const density = Math.min(1, Math.max(0, (columns - FEWEST_COLUMNS) / COLUMNS_RANGE));
  return { ...stage, kind, density, pointSize: 1, turn };
}
