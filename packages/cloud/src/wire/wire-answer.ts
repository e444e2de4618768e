import { type PredictionDocument, predictionDocumentSchema } from '@diorama/contract';
import { readStoredZip } from '@diorama/contract/client';
import { answerFault, unusableAnswer } from './unusable-answer.ts';

/** A prediction as it travels: its document, and the files of its planes. */
export interface WireAnswer {
  readonly document: PredictionDocument;
  readonly files: Readonly<Partial<Record<PlaneName, PlaneFile>>>;
}

export type PlaneName = 'depth' | 'matte';

export interface PlaneFile {
  readonly format: 'png' | 'npy';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PLANE_NAMES: readonly PlaneName[] = ['depth', 'matte'];
const FORMATS = ['png', 'npy'] as const;

/** The answer whose planes stand in its document, as base64. @throws DioramaError `MODEL_OUTPUT_INVALID` */
export function answerOfDocument(value: unknown): WireAnswer {
  const document = documentOf(value);
  const files: { [Name in PlaneName]?: PlaneFile } = {};
  for (const name of PLANE_NAMES) {
    const data = document.planes?.[name]?.data;
    if (data === undefined) continue;
    files[name] = { format: 'png', bytes: new Uint8Array(Buffer.from(data, 'base64')) };
  }
  return { document, files };
}

/**
 * The answer in an archive: `prediction.json`, and each plane as `.png` or `.npy`.
 * @throws DioramaError `MODEL_OUTPUT_INVALID`
 */
export function answerOfArchive(archive: Uint8Array<ArrayBuffer>): WireAnswer {
  const entries = entriesOf(archive);
  const described = entries.get('prediction.json');
  if (!described) throw unusableAnswer('an archive without prediction.json');
  const document = documentOf(parseJson(described));
  const files: { [Name in PlaneName]?: PlaneFile } = {};
  for (const name of PLANE_NAMES) {
    for (const format of FORMATS) {
      const bytes = entries.get(`${name}.${format}`);
      if (bytes) files[name] = { format, bytes };
    }
  }
  return { document, files };
}

/** JSON text in bytes. @throws DioramaError `MODEL_OUTPUT_INVALID` */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw unusableAnswer('with what is no JSON', cause);
  }
}

function documentOf(value: unknown): PredictionDocument {
  const { data, error } = predictionDocumentSchema.safeParse(value);
  if (data) return data;
  throw unusableAnswer('with what is no prediction', error);
}

function entriesOf(archive: Uint8Array<ArrayBuffer>): Map<string, Uint8Array<ArrayBuffer>> {
  try {
    return readStoredZip(archive);
  } catch (error) {
    throw answerFault(error, 'with what is no archive');
  }
}
