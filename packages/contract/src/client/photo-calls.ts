import type { LayerName } from '../layer-terms.ts';
import { type LayersDocument, layersDocumentSchema } from '../layers-document.ts';
import { type AnswerFacts, readFacts } from './answer-facts.ts';
import { beginCall } from './call.ts';
import type {
  CallOptions,
  LayerOptions,
  LayersOptions,
  PhotoSource,
  PredictOptions,
  SubjectOptions,
} from './client-options.ts';
import { notUnderstood } from './not-understood.ts';
import { photoBody } from './photo-body.ts';
import { type PredictionContent, readPredictionArchive, takeFile } from './prediction-archive.ts';
import { queryOf } from './query-text.ts';
import { parseDocument, readBytes } from './read-body.ts';
import type { Outgoing, Send } from './sender.ts';
import { readStoredZip } from './stored-zip.ts';

const DOCUMENT_PATH = 'layers.json';

/** All layers of a photo. */
export interface LayersResult extends AnswerFacts {
  readonly document: LayersDocument;
  /** Files by the `path` that the document has; views of one block of memory. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** One layer of a photo. */
export interface PictureResult extends AnswerFacts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

/** What a network gave, and what was said of it. */
export interface PredictionResult extends AnswerFacts, PredictionContent {}

/** Calls that send a photo and wait for what becomes of it. */
export interface PhotoCalls {
  layers(photo: PhotoSource, options?: LayersOptions, call?: CallOptions): Promise<LayersResult>;
  depth(photo: PhotoSource, options?: LayerOptions, call?: CallOptions): Promise<PictureResult>;
  matte(photo: PhotoSource, options?: LayerOptions, call?: CallOptions): Promise<PictureResult>;
  subject(photo: PhotoSource, options?: SubjectOptions, call?: CallOptions): Promise<PictureResult>;
  plate(photo: PhotoSource, options?: LayerOptions, call?: CallOptions): Promise<PictureResult>;
  predict(
    photo: PhotoSource,
    options?: PredictOptions,
    call?: CallOptions,
  ): Promise<PredictionResult>;
}

export interface CallParts {
  readonly send: Send;
  readonly deadlineMs: number;
  readonly maxAnswerBytes: number;
}

/** The calls of one server. */
export function photoCalls(parts: CallParts): PhotoCalls {
  const { send, deadlineMs, maxAnswerBytes } = parts;
  const oneLayer =
    (layer: LayerName) =>
    async (photo: PhotoSource, options: SubjectOptions = {}, call: CallOptions = {}) =>
      send(
        { method: 'POST', path: `/v1/${layer}`, ...photoRequest(photo, options) },
        {
          call: beginCall(call, deadlineMs),
          read: async (response): Promise<PictureResult> => ({
            ...readFacts(response),
            bytes: await readBytes(response, maxAnswerBytes),
            mediaType: response.headers.get('content-type') ?? '',
          }),
        },
      );
  return {
    layers: async (photo, options = {}, call = {}) =>
      send(
        { method: 'POST', path: '/v1/layers', ...photoRequest(photo, options, ZIP) },
        {
          call: beginCall(call, deadlineMs),
          read: (response) => readLayers(response, maxAnswerBytes),
        },
      ),
    depth: oneLayer('depth'),
    matte: oneLayer('matte'),
    subject: oneLayer('subject'),
    plate: oneLayer('plate'),
    predict: async (photo, options = {}, call = {}) =>
      send(
        { method: 'POST', path: '/v1/predict', ...photoRequest(photo, options, ZIP) },
        {
          call: beginCall(call, deadlineMs),
          read: (response) => readPrediction(response, maxAnswerBytes),
        },
      ),
  };
}

/** Archives, since they are read where they lie: no part is copied, and none is base64. */
export const ZIP = { accept: 'application/zip' } as const;

/** Query, headers and body of a request with a photo. */
export function photoRequest(
  photo: PhotoSource,
  options: Omit<LayersOptions, 'layers'> & { readonly layers?: readonly LayerName[] | undefined },
  headers: Readonly<Record<string, string>> = {},
): Pick<Outgoing, 'query' | 'headers' | 'body'> {
  const { background, ...rest } = options;
  const isColour = typeof background === 'string';
  const body = photoBody(photo, isColour ? undefined : background);
  return {
    query: queryOf({ ...rest, ...(isColour ? { background } : {}) }),
    ...body,
    headers: { ...body.headers, ...headers },
  };
}

/** An archive of layers. @throws DioramaError `SOURCE_UNAVAILABLE` when a file of it is missing or cut */
export async function readLayers(response: Response, maxBytes: number): Promise<LayersResult> {
  const facts = readFacts(response);
  const files = readStoredZip(await readBytes(response, maxBytes));
  const json = new TextDecoder().decode(takeFile(files, DOCUMENT_PATH));
  const document = parseDocument(json, layersDocumentSchema);
  for (const { path, bytes } of Object.values(document.files)) {
    if (files.get(path)?.length !== bytes) throw notUnderstood();
  }
  return { ...facts, document, files };
}

async function readPrediction(response: Response, maxBytes: number): Promise<PredictionResult> {
  const facts = readFacts(response);
  return { ...facts, ...readPredictionArchive(await readBytes(response, maxBytes)) };
}
