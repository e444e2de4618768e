import type { Size } from '@diorama/core';
import { findEntries, numberOf, openTiff } from './tiff-directory.ts';

const EXIF_DIRECTORY = 0x8769;
const FOCAL_LENGTH = 0x920a;
const PIXEL_WIDTH = 0xa002;
const PIXEL_HEIGHT = 0xa003;
const PLANE_X_RESOLUTION = 0xa20e;
const PLANE_Y_RESOLUTION = 0xa20f;
const PLANE_UNIT = 0xa210;
const FOCAL_LENGTH_35MM = 0xa405;

const FILM_DIAGONAL_MM = Math.hypot(36, 24);
/** Fisheye to telescope: what lies outside is a camera's "unknown" or a broken block. */
const MIN_MM = 4;
const MAX_MM = 5000;
/** From the smallest phone sensors to medium format: outside, the sizes belong to a scaled copy of the exposure. */
const MIN_SENSOR_MM = 5;
const MAX_SENSOR_MM = 100;

/**
 * The focal length in mm that gives the same view on 36 x 24 mm film, from an EXIF block with or without its
 * `Exif\0\0` prefix; nothing when the block does not say or is broken. Never throws.
 *
 * Only the few tags for it are looked at: position, owner and serial numbers stay unread.
 */
export function readFocalLength35mm(exif: Uint8Array, stored: Size): number | undefined {
  const tiff = openTiff(hasPrefix(exif) ? exif.subarray(6) : exif);
  if (tiff === undefined) return undefined;
  const first = findEntries(tiff, tiff.firstDirectoryAt, [EXIF_DIRECTORY]);
  const exifAt = numberOf(tiff, first.get(EXIF_DIRECTORY));
  if (exifAt === undefined) return undefined;
  const entries = findEntries(tiff, exifAt, [
    FOCAL_LENGTH,
    PIXEL_WIDTH,
    PIXEL_HEIGHT,
    PLANE_X_RESOLUTION,
    PLANE_Y_RESOLUTION,
    PLANE_UNIT,
    FOCAL_LENGTH_35MM,
  ]);
  const value = (tag: number) => numberOf(tiff, entries.get(tag));

  const told = plausible(value(FOCAL_LENGTH_35MM));
  if (told !== undefined) return told;
  const focalMm = value(FOCAL_LENGTH);
  const unitMm = planeUnitMm(value(PLANE_UNIT) ?? 2);
  const perUnitX = value(PLANE_X_RESOLUTION);
  const perUnitY = value(PLANE_Y_RESOLUTION) ?? perUnitX;
  if (!focalMm || !unitMm || !perUnitX || !perUnitY) return undefined;
  // The pixels of the exposure, since the file may have been scaled since; the file's own when it does not say.
  const widthPx = value(PIXEL_WIDTH) || stored.width;
  const heightPx = value(PIXEL_HEIGHT) || stored.height;
  const sensorMm = Math.hypot((widthPx / perUnitX) * unitMm, (heightPx / perUnitY) * unitMm);
  if (!(sensorMm >= MIN_SENSOR_MM && sensorMm <= MAX_SENSOR_MM)) return undefined;
  return plausible((focalMm * FILM_DIAGONAL_MM) / sensorMm);
}

function hasPrefix(exif: Uint8Array): boolean {
  return exif[0] === 0x45 && exif[1] === 0x78 && exif[2] === 0x69 && exif[3] === 0x66;
}

/** EXIF 2.32, FocalPlaneResolutionUnit; 4 and 5 are in use though not in the standard. */
function planeUnitMm(unit: number): number | undefined {
  return { 2: 25.4, 3: 10, 4: 1, 5: 0.001 }[unit];
}

function plausible(mm: number | undefined): number | undefined {
  if (mm === undefined || !(mm >= MIN_MM && mm <= MAX_MM)) return undefined;
  return Math.round(mm * 10) / 10;
}
