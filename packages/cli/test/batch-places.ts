import { fileURLToPath } from 'node:url';
import {
  type BatchJob,
  type EndedBatchJob,
  runBatchJob,
  type StorageStandIn,
  startStorageStandIn,
} from '@diorama/fixtures/google-cloud';
import { onTestFinished } from 'vitest';
import { type Ended, endOf, start } from './diorama-process.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const MODEL = 'projects/stand-in/locations/us-central1/models/7';

/** A Cloud Storage that is gone after the test. */
export async function openStorage(): Promise<StorageStandIn> {
  const storage = await startStorageStandIn();
  onTestFinished(() => storage.close());
  return storage;
}

/** Runs a command of `diorama batch` that finds its buckets in the stand-in. */
export function batch(folder: string, storage: StorageStandIn, ...args: string[]): Promise<Ended> {
  return endOf(start(folder, ['batch', ...args], { ...process.env, ...storage.environment }));
}

/** The request that `diorama batch job` prints. */
export async function printJob(
  folder: string,
  storage: StorageStandIn,
  ...args: string[]
): Promise<BatchJob> {
  const ended = await batch(folder, storage, 'job', '--model', MODEL, ...args);
  return JSON.parse(ended.stdout.toString()) as BatchJob; // what the platform would be sent
}

/** Runs a job with a real predictor. */
export function runJob(
  job: BatchJob,
  storage: StorageStandIn,
  names: 'reference' | 'seen' = 'reference',
): Promise<EndedBatchJob> {
  const container = {
    command: process.execPath,
    args: [MAIN, 'predictor'],
    env: { PATH: process.env['PATH'] ?? '' },
  };
  return runBatchJob(job, { objects: storage.objects, container, names });
}

/** All objects of a bucket as one text each, by name. */
export function textsOf(storage: StorageStandIn, bucket: string): Map<string, string> {
  const names = storage.objects.names(bucket);
  return new Map(
    names.map((name) => [name, storage.objects.get(bucket, name)?.bytes.toString() ?? '']),
  );
}
