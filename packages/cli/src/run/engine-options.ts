import { availableParallelism, totalmem } from 'node:os';
import { DioramaError } from '@diorama/core';
import type { DioramaOptions, LayersOptions } from '@diorama/engine';
import { DEFAULT_PHOTO_LIMITS } from '@diorama/photo-io';
import { defaultModelsFolder, PROVIDER_NAMES } from '@diorama/runtime';
import type { CommandContext } from '../context.ts';
import type { PhotoFlags, RunFlags, WorkFlags } from '../options/work-options.ts';

/** The largest photo file that is read, in bytes. */
export function maxBytesOf(flags: Pick<PhotoFlags, 'maxBytes'>): number {
  return flags.maxBytes ?? DEFAULT_PHOTO_LIMITS.bytes;
}

/** What a 48-megapixel photo takes at its peak, with something to spare. */
const BYTES_PER_JOB = 1.5 * 1024 ** 3;
const MOST_JOBS = 8;

/**
 * Photos worked on at once: one for each core, since the steps of different photos fill each other's gaps, as far as
 * the memory reaches.
 */
export function jobsOf(flags: Pick<PhotoFlags, 'jobs'>): number {
  const fitting = Math.floor(totalmem() / BYTES_PER_JOB);
  return flags.jobs ?? Math.max(1, Math.min(availableParallelism(), fitting, MOST_JOBS));
}

/**
 * How the engine is started for these flags and this many photos.
 * @throws DioramaError `REQUEST_INVALID` for a provider that nobody knows
 */
export function engineOptionsOf(
  flags: RunFlags,
  photos: number,
  env: CommandContext['env'],
): DioramaOptions {
  return {
    ...(flags.model === undefined ? {} : { model: flags.model }),
    ...(flags.provider === undefined ? {} : { provider: providerOf(flags.provider) }),
    ...(flags.require === undefined ? {} : { require: flags.require }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    modelsFolder: defaultModelsFolder(env),
    ...photoOptionsOf(flags, photos),
  };
}

/** The part of them that is about photos, and not about models. */
export function photoOptionsOf(flags: PhotoFlags, photos: number) {
  const jobs = Math.max(1, Math.min(jobsOf(flags), photos));
  return {
    photoWorkers: Math.min(jobs, availableParallelism()),
    maxQueued: jobs,
    limits: {
      bytes: maxBytesOf(flags),
      ...(flags.maxPixels === undefined ? {} : { pixels: flags.maxPixels }),
    },
  };
}

function providerOf(text: string): NonNullable<DioramaOptions['provider']> {
  const provider = PROVIDER_NAMES.find((name) => name === text);
  if (provider) return provider;
  throw new DioramaError(
    'REQUEST_INVALID',
    `There is no provider ${text}; the providers are ${PROVIDER_NAMES.join(', ')}`,
  );
}

/** The options that every layer shares. */
export function sharedLayersOptions(
  flags: WorkFlags,
): Pick<LayersOptions, 'within' | 'quality' | 'lossless'> {
  return {
    ...(flags.size === undefined ? {} : { within: { widthPx: flags.size, heightPx: flags.size } }),
    ...(flags.quality === undefined ? {} : { quality: flags.quality }),
    ...(flags.lossless === undefined ? {} : { lossless: flags.lossless }),
  };
}
