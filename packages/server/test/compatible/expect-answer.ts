import sharp from 'sharp';
import { expect } from 'vitest';
import type { RecordedAnswer, RecordedPicture } from './exchange.ts';

type Headers = Readonly<Record<string, unknown>>;

/** What pictures are compared with. */
export interface Truth {
  readonly photo: Buffer;
  /** The picture that a route of Diorama's own makes of the photo. */
  readonly like: (route: string) => Promise<Buffer>;
}

/** So far a lossy picture's samples may be from what they stand for. */
const LOSSY = 12;

export function expectHeaders(found: Headers, wanted: RecordedAnswer['headers']): void {
  for (const [name, value] of Object.entries(wanted)) {
    const [, extra] = /^foreground\+(\d+)$/.exec(value ?? '') ?? [];
    const side = name.replace('x-', 'x-foreground-');
    if (value === null) expect(found, name).not.toHaveProperty(name);
    else if (extra) expect(Number(found[name]), name).toBe(Number(found[side]) + Number(extra));
    else expectValue(String(found[name]), value, name);
  }
}

/** Every value as recorded, no more and no less; texts after `~` are patterns. */
export function expectJson(found: unknown, wanted: unknown, where = 'body'): void {
  if (typeof wanted !== 'object' || wanted === null) {
    expectValue(typeof wanted === 'string' ? String(found) : found, wanted, where);
    return;
  }
  expect(found, where).toBeTypeOf('object');
  const values = found as Record<string, unknown>; // the line above says so
  expect(Object.keys(values).sort(), where).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) {
    expectJson(values[name], value, `${where}.${name}`);
  }
}

function expectValue(found: unknown, wanted: unknown, where: string): void {
  if (typeof wanted === 'string' && wanted.startsWith('~')) {
    expect(found, where).toMatch(new RegExp(wanted.slice(1)));
  } else {
    expect(found, where).toEqual(wanted);
  }
}

export async function expectPicture(
  bytes: Uint8Array,
  wanted: RecordedPicture,
  headers: Headers,
  truth: Truth,
): Promise<void> {
  const { like, pixels, box, ...shape } = wanted;
  const { format, width = 0, height = 0, channels = 0 } = await sharp(bytes).metadata();
  expect({ format, width, height, channels }).toMatchObject(shape);
  expect([width, height].map(String)).toEqual([
    headers['x-width'] ?? `${width}`,
    headers['x-height'] ?? `${height}`,
  ]);
  if (like !== undefined) {
    const [own, other] = await Promise.all([samples(bytes), samples(await truth.like(like))]);
    expect(own.info).toMatchObject({ width: other.info.width, height: other.info.height });
    expect(own.data.equals(other.data)).toBe(true);
  }
  if (pixels === undefined && box === undefined) return;
  const own = await samples(bytes);
  const at = (x: number, y: number) => {
    const from = (y * width + x) * own.info.channels;
    return [...own.data.subarray(from, from + own.info.channels)];
  };
  if (box !== undefined) expectBox(own.data, { width, height }, box);
  const middle = box ? placeOf(box, { width, height }) : middleOf(headers, { width, height });
  for (const [place, value] of Object.entries(pixels ?? {})) {
    const found = place === 'corner' ? at(1, 1) : at(middle.x, middle.y);
    if (value === 'opaque') expect(found[3]).toBe(255);
    else if (value === 'photo')
      expectNear(found, await photoAt(truth.photo, middle, { width, height }));
    else expectNear(found, value, format === 'jpeg' ? LOSSY : 1);
  }
}

function samples(bytes: Uint8Array) {
  return sharp(bytes).raw().toBuffer({ resolveWithObject: true });
}

/** The middle of the subject's box where the headers have it, else of the picture. */
function middleOf(headers: Headers, size: { readonly width: number; readonly height: number }) {
  const side = (name: string) => Number(headers[`x-foreground-${name}`]);
  const x = Math.round(side('left') + side('width') / 2);
  const y = Math.round(side('top') + side('height') / 2);
  const isInside = x < size.width && y < size.height;
  return isInside ? { x, y } : { x: size.width >> 1, y: size.height >> 1 };
}

function placeOf(
  [x, y]: readonly [number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
) {
  // Away from the canvas's edge, where the box itself has its corner.
  const inset = (share: number, side: number) => Math.round(side / 2 + (share - 0.5) * side * 0.8);
  return { x: inset(x, width), y: inset(y, height) };
}

async function photoAt(
  photo: Buffer,
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: { readonly width: number; readonly height: number },
): Promise<number[]> {
  const { data, info } = await sharp(photo)
    .resize(width, height)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * width + x) * info.channels).subarray(0, info.channels)];
}

/** The box of what is not clear stands where it should and has the size it should, to some pixels. */
function expectBox(
  data: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
  [x, y, scale]: readonly [number, number, number],
): void {
  const columns = new Set<number>();
  const rows = new Set<number>();
  for (let i = 0; i < width * height; i++) {
    if ((data[i * 4 + 3] ?? 0) < 13) continue;
    columns.add(i % width);
    rows.add(Math.floor(i / width));
  }
  const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows) + 1];
  const largest = Math.max((right - left) / width, (bottom - top) / height);
  expect(Math.abs(largest - scale)).toBeLessThan(0.02);
  expect(Math.abs(left - x * (width - (right - left)))).toBeLessThanOrEqual(3);
  expect(Math.abs(top - y * (height - (bottom - top)))).toBeLessThanOrEqual(3);
}

function expectNear(found: readonly number[], wanted: readonly number[], tolerance = 25): void {
  expect(found.length).toBeGreaterThanOrEqual(wanted.length);
  for (const [i, value] of wanted.entries()) {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
  }
}
