import { type PredictionDocument, predictionDocumentSchema } from '../prediction-document.ts';
import { notUnderstood } from './not-understood.ts';
import { type PredictionPlane, readNpyPlane } from './npy-plane.ts';
import { parseDocument } from './read-body.ts';
import { readStoredZip } from './stored-zip.ts';

/** What a network gave, at its own size; inverse depth (larger is nearer) and alpha, 0 to 1. */
export interface PredictionContent {
  readonly document: PredictionDocument;
  readonly depth?: PredictionPlane;
  readonly matte?: PredictionPlane;
}

/** An archive with `prediction.json` and its planes as arrays. @throws DioramaError `SOURCE_UNAVAILABLE` when it is none */
export function readPredictionArchive(archive: Uint8Array<ArrayBuffer>): PredictionContent {
  const files = readStoredZip(archive);
  const json = new TextDecoder().decode(takeFile(files, 'prediction.json'));
  const document = parseDocument(json, predictionDocumentSchema);
  const { depth, matte } = document.planes ?? {};
  return {
    document,
    ...(depth === undefined ? {} : { depth: readNpyPlane(takeFile(files, 'depth.npy'), depth) }),
    ...(matte === undefined ? {} : { matte: readNpyPlane(takeFile(files, 'matte.npy'), matte) }),
  };
}

/** Takes a file out of an archive that was read. @throws DioramaError `SOURCE_UNAVAILABLE` when it is not there */
export function takeFile(
  files: Map<string, Uint8Array<ArrayBuffer>>,
  path: string,
): Uint8Array<ArrayBuffer> {
  const file = files.get(path);
  if (file === undefined) throw notUnderstood();
  files.delete(path);
  return file;
}
