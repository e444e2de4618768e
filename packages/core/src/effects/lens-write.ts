import type { ByteRaster } from '../raster.ts';
import { alphaAndCover, enlargeRow, type LightGrid } from './lens-grid.ts';
import { expandedLight, type Highlights, returnFactor } from './lens-highlights.ts';
import type { LayerPart } from './lens-layer.ts';
import { byteOfLight, grainAt } from './light.ts';

interface BlurredParts {
  readonly part: LayerPart;
  /** How much of a pixel is sharp, by its depth. */
  readonly sharp: Float32Array;
  readonly behind: LightGrid | undefined;
  readonly before: LightGrid | undefined;
  readonly highlights: Highlights;
}

/** Less than half a step of a byte. */
const NOTHING = 1 / 600;

/** Lays what is sharp over what is blurred behind it and under what is blurred before it; `out` is empty before. */
export function writeSharpOver(out: ByteRaster, blurred: BlurredParts): void {
  const { part, sharp, behind, before, highlights } = blurred;
  const { colour, depth } = part.layer;
  const from = colour.data;
  const to = out.data;
  const under = rowsOf(behind, part.width);
  const over = rowsOf(before, part.width);
  const [underRed, underGreen, underBlue, underAlpha, underCover] = under.rows;
  const [overRed, overGreen, overBlue, overAlpha, overCover] = over.rows;
  const light = new Float32Array(3);
  for (let y = 0; y < part.height; y++) {
    under.read(y);
    over.read(y);
    let pixel = (part.top + y) * colour.width + part.left;
    for (let x = 0; x < part.width; x++, pixel++) {
      const at = pixel * 4;
      const own = sharp[depth.data[pixel] as number] as number; // one grid, as all below
      const hidden = overCover[x] as number;
      if (own === 1 && hidden < NOTHING) {
        to[at] = from[at] as number;
        to[at + 1] = from[at + 1] as number;
        to[at + 2] = from[at + 2] as number;
        to[at + 3] = from[at + 3] as number;
        continue;
      }
      const seen = 1 - hidden;
      const rest = seen * (1 - own);
      const alphaOwn = (seen * own * (from[at + 3] as number)) / 255;
      const cover = hidden + seen * own + rest * (underCover[x] as number);
      const alpha = (overAlpha[x] as number) + alphaOwn + rest * (underAlpha[x] as number);
      if (!(alpha > 1e-5 && cover > 1e-5)) continue;
      if (alphaOwn > 0) expandedLight(from, at, highlights.factors, light);
      else light.fill(0);
      const share = 1 / alpha;
      const red =
        share *
        ((overRed[x] as number) + alphaOwn * (light[0] as number) + rest * (underRed[x] as number));
      const green =
        share *
        ((overGreen[x] as number) +
          alphaOwn * (light[1] as number) +
          rest * (underGreen[x] as number));
      const blue =
        share *
        ((overBlue[x] as number) +
          alphaOwn * (light[2] as number) +
          rest * (underBlue[x] as number));
      const back = returnFactor(Math.max(red, green, blue), highlights.gain);
      const grain = 0.5 + grainAt(part.left + x, part.top + y);
      const byte = 255 * Math.min(1, alpha / cover) + 0.5;
      if (byte < 1) continue;
      to[at] = byteOfLight(red * back) + grain;
      to[at + 1] = byteOfLight(green * back) + grain;
      to[at + 2] = byteOfLight(blue * back) + grain;
      to[at + 3] = byte;
    }
  }
}

type Rows = readonly [
  red: Float32Array,
  green: Float32Array,
  blue: Float32Array,
  alpha: Float32Array,
  cover: Float32Array,
];

/** Rows of a grid at the size of the part; all 0 where there is none. */
function rowsOf(
  grid: LightGrid | undefined,
  width: number,
): { readonly rows: Rows; readonly read: (y: number) => void } {
  const planes = grid?.planes ?? [];
  const own = Array.from({ length: planes.length || 4 }, () => new Float32Array(width));
  const [red, green, blue] = own as [Float32Array, Float32Array, Float32Array]; // four or five
  return {
    rows: [red, green, blue, ...alphaAndCover(own)],
    read: (y) => {
      for (const [at, plane] of planes.entries()) {
        const row = own[at] as Float32Array; // as many
        if (grid?.level === 0) row.set(plane.data.subarray(y * width, (y + 1) * width));
        else enlargeRow(plane, y, row);
      }
    },
  };
}
