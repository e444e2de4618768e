import { InvalidArgumentError } from 'commander';

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
};
const PIXELS: Readonly<Record<string, number>> = { '': 1, px: 1, k: 1e3, mp: 1e6, m: 1e6 };
const MILLISECONDS: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  ms: 1,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};
/** Timers of Node end at once when they are longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** `32MB`, `32MiB` or `32000000`, in bytes. */
export function parseBytes(text: string): number {
  return Math.floor(amount(text, BYTES, 'a number of bytes such as 32MB'));
}

/** `64MP` or `64000000`, in pixels. */
export function parsePixels(text: string): number {
  return Math.floor(amount(text, PIXELS, 'a number of pixels such as 64MP'));
}

/** `90`, `90s`, `500ms` or `5min`, in milliseconds. */
export function parseDuration(text: string): number {
  const ms = amount(text, MILLISECONDS, 'a time such as 90s or 5min');
  if (ms <= LONGEST_MS) return Math.ceil(ms);
  throw new InvalidArgumentError('Expected a time below 24 days.');
}

/** A parser of whole numbers from `low` to `high`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= low && number <= high) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${low} to ${high}.`);
  };
}

function amount(text: string, units: Readonly<Record<string, number>>, wanted: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim());
  const unit = units[(match?.[2] ?? '').toLowerCase()];
  const value = Number(match?.[1]) * (unit ?? Number.NaN);
  if (value >= 1 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidArgumentError(`Expected ${wanted}.`);
}
