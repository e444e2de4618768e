import type { z } from 'zod';
import { notUnderstood } from './not-understood.ts';

const FIRST_BYTES = 65_536;

/**
 * The whole body of an answer in memory of its own, at most `maxBytes`.
 * @throws DioramaError `SOURCE_UNAVAILABLE` when there is more of it
 */
export async function readBytes(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get('content-length') ?? Number.NaN);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw notUnderstood();
  }
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  // What is announced is the size on the line; a body that was compressed on it grows.
  let bytes = new Uint8Array(announced > 0 ? announced : FIRST_BYTES);
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const needed = length + next.value.length;
    if (needed > maxBytes) {
      await reader.cancel();
      throw notUnderstood();
    }
    if (needed > bytes.length)
      bytes = grown(bytes, Math.min(maxBytes, Math.max(needed, 2 * bytes.length)));
    bytes.set(next.value, length);
    length = needed;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** The whole body as text. @throws DioramaError as `readBytes` */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, maxBytes));
}

/** The whole body as a document of the service. @throws DioramaError `SOURCE_UNAVAILABLE` when it is none */
export async function readDocument<T>(
  response: Response,
  schema: z.ZodType<T>,
  maxBytes: number,
): Promise<T> {
  return parseDocument(await readText(response, maxBytes), schema);
}

/** JSON as a document of the service. @throws DioramaError `SOURCE_UNAVAILABLE` when it is none */
export function parseDocument<T>(json: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw notUnderstood(cause);
  }
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}
