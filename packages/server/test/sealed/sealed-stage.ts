import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPredictors } from '@diorama/cloud';
import { npyOfRaster } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { renderScene } from '@diorama/fixtures';
import { addSealKey, buildApp, loadConfig } from '@diorama/server';
import { onTestFinished } from 'vitest';
import { startPredictorHere } from '../predictor-here.ts';

/** A size that the embedded model takes as it is. */
const SIZE = { width: 384, height: 288 };

/** Long: a predictor starts, perhaps on a busy machine. */
export const DEADLINE_MS = 120_000;

/** A picture of the model's size. */
export function modelPicture(): ByteRaster {
  return renderScene({ seed: 11, family: 'figure', ...SIZE }).photo;
}

/** The same as callers of `POST /v1/predict` send it. */
export function arrayOf(picture: ByteRaster) {
  return { type: 'application/x-npy', bytes: npyOfRaster(picture) };
}

/** A file with one seal key. */
export async function newSealFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-sealed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'seal.json');
  await addSealKey(file, { id: 'first' });
  return file;
}

/** Starts a real predictor of this machine, until the test is over; answers its port. */
export async function startPredictor(env: Readonly<Record<string, string>>): Promise<number> {
  const { address, stop } = await startPredictorHere(env);
  onTestFinished(async () => {
    await stop();
  });
  return Number(new URL(address).port);
}

export interface GatewayOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether what the gateway itself asks is sealed to the keys that the predictor says it has. */
  readonly sealsItself?: boolean;
  readonly logStream?: { write(line: string): void };
}

/** A server whose model runs behind that address; answers its own port. */
export async function startGateway(
  predictor: string,
  { env = {}, sealsItself = false, logStream }: GatewayOptions = {},
): Promise<{ readonly origin: string; readonly port: number }> {
  const sealTo = sealsItself ? ({ sealTo: 'describe' } as const) : {};
  const diorama = await createDiorama({ predictor: await connectPredictors([predictor], sealTo) });
  return listen(diorama, env, logStream);
}

/** A server over an engine, until the test is over. */
export async function listen(
  diorama: Diorama,
  env: Readonly<Record<string, string>> = {},
  logStream?: GatewayOptions['logStream'],
): Promise<{ readonly origin: string; readonly port: number }> {
  const config = loadConfig({ DIORAMA_LOG_LEVEL: 'info', ...env });
  const app = buildApp(config, { diorama, logStream: logStream ?? { write: () => undefined } });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await diorama.dispose();
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return { origin, port: Number(new URL(origin).port) };
}
