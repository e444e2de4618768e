import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ARRAY_TYPE,
  imageInstanceSchema,
  npyOfRaster,
  type PredictParameters,
  predictBodySchema,
  problemOf,
  readPictureType,
  SEALED_TYPE,
  sealedInstanceSchema,
} from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';
import type { Diorama, PredictionAnswer } from '@diorama/engine';
import { createSealBox, type SealBox, type SealedContent, type SealKeyPair } from '@diorama/sealed';
import { zipSync } from 'fflate';

/** What a request brought. */
export interface Seen {
  readonly url: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A predictor that speaks the contract, over a real engine, and can be told to misbehave once. */
export interface LoopbackPredictor {
  readonly port: number;
  readonly origin: string;
  readonly seen: readonly Seen[];
  /** Answers the next requests, one each, in the predictor's place. */
  readonly answerNext: (...answers: readonly Answering[]) => void;
  readonly close: () => Promise<void>;
}

interface LoopbackOptions {
  readonly diorama: Diorama;
  readonly sealKeys?: readonly SealKeyPair[];
}

/** Starts one on a free port. */
export async function startLoopbackPredictor({
  diorama,
  sealKeys = [],
}: LoopbackOptions): Promise<LoopbackPredictor> {
  const seen: Seen[] = [];
  const queued: Answering[] = [];
  const box = createSealBox(sealKeys);
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer); // without an encoding, pieces are buffers
    const { url = '', headers } = request;
    const contentType = headers['content-type'] ?? '';
    const body = Buffer.concat(pieces);
    seen.push({ url, contentType, authorization: headers.authorization, body });
    const instead = queued.shift();
    if (instead) {
      instead(request, response);
      return;
    }
    if (request.method === 'GET') {
      response.end();
      return;
    }
    const answer = await answerBody({ diorama, box }, { contentType, bytes: new Uint8Array(body) });
    response.writeHead(200, { 'content-type': answer.contentType }).end(answer.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    seen,
    answerNext: (...answers) => queued.push(...answers),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Parts {
  readonly diorama: Diorama;
  readonly box: SealBox;
}

async function answerBody(parts: Parts, content: SealedContent): Promise<SealedContent> {
  if (readPictureType(content.contentType).type === SEALED_TYPE) {
    return { contentType: SEALED_TYPE, bytes: await answerSealed(parts, content.bytes) };
  }
  if (content.contentType !== 'application/json') return answerRaw(parts, content);
  const { instances, parameters } = predictBodySchema.parse(JSON.parse(textOf(content.bytes)));
  const predictions = await Promise.all(
    instances.map((instance) => answerInstance(parts, instance, parameters ?? {})),
  );
  return asJson({ predictions, deployedModelId: '1' });
}

async function answerInstance(
  parts: Parts,
  instance: unknown,
  parameters: PredictParameters,
): Promise<object> {
  const sealed = sealedInstanceSchema.safeParse(instance).data;
  if (sealed) {
    const message = await answerSealed(parts, bytesOf(sealed.sealed.b64));
    return { sealed: { b64: Buffer.from(message).toString('base64') } };
  }
  const image = imageInstanceSchema.safeParse(instance).data;
  if (!image) return { description: describe(parts) };
  try {
    const { document, files } = await predict(parts, bytesOf(image.image.b64), parameters);
    const planes = Object.entries(document.planes ?? {}).map(([name, plane]) => {
      const file = files[name as 'depth' | 'matte'] ?? new Uint8Array(); // both have files
      return [name, { ...plane, data: Buffer.from(file).toString('base64') }];
    });
    return { ...document, planes: Object.fromEntries(planes) };
  } catch (error) {
    return { error: problemOf(error) };
  }
}

async function answerSealed({ diorama, box }: Parts, message: Uint8Array) {
  const { content, sealAnswer } = await box.open(message);
  return sealAnswer(await answerRaw({ diorama, box }, content));
}

async function answerRaw(parts: Parts, { contentType, bytes }: SealedContent) {
  const { type, parameters } = readPictureType(contentType);
  const source = type === ARRAY_TYPE ? readArray(bytes) : bytes;
  try {
    const { document, files, planes } = await predict(parts, source, parameters);
    const entries: Record<string, Uint8Array> = {
      'prediction.json': new TextEncoder().encode(JSON.stringify(document)),
    };
    for (const name of ['depth', 'matte'] as const) {
      const [file, plane] = [files[name], planes[name]];
      if (file) entries[`${name}.png`] = file;
      if (plane) entries[`${name}.npy`] = npyOfRaster(plane);
    }
    return { contentType: 'application/zip', bytes: zipSync(entries, { level: 0 }) };
  } catch (error) {
    return asJson(problemOf(error), 'application/problem+json');
  }
}

function predict(
  { diorama }: Parts,
  source: Uint8Array | ByteRaster,
  { tasks, fitted, planes }: PredictParameters,
): Promise<PredictionAnswer> {
  const isArray = planes === 'npy';
  return diorama.predict(source, {
    planes: isArray ? 'samples' : 'png',
    isFitted: fitted,
    tasks,
  });
}

function describe({ diorama, box }: Parts): object {
  const [network] = diorama.networks;
  return {
    version: 1,
    card: network?.card,
    provider: network?.provider,
    largestBatch: 1,
    maxBodyBytes: 32_000_000,
    seal: { isRequired: false, keys: box.publicKeys() },
  };
}

function readArray(bytes: Uint8Array): ByteRaster {
  const dataAt = 10 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const [, height, width] =
    /'shape': \((\d+), (\d+), 3\)/.exec(textOf(bytes.subarray(0, dataAt))) ?? [];
  return { width: Number(width), height: Number(height), channels: 3, data: bytes.slice(dataAt) };
}

function asJson(value: object, contentType = 'application/json'): SealedContent {
  return { contentType, bytes: new TextEncoder().encode(JSON.stringify(value)) };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
