import { beginCall, createSender } from '@diorama/contract/client';
import { DioramaError } from '@diorama/core';

export interface DownloadOptions {
  readonly apiKey: string | undefined;
  /** Told 0..1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * A model's file of this server, in the browser's hands and not in the page's memory. It is fetched here and not by the
 * session, so that a second session, on another provider or after a crash, needs no second download.
 * @throws DioramaError `SOURCE_UNAVAILABLE`, `KEY_REQUIRED`, `CANCELLED` and what else the server says
 */
export function downloadModel(
  { url, bytes }: { readonly url: string; readonly bytes: number },
  { apiKey, onProgress, signal }: DownloadOptions,
): Promise<Blob> {
  const send = createSender({ baseUrl: '/', apiKey });
  return send(
    { method: 'GET', path: url },
    { call: beginCall({ signal }), read: (response) => readParts(response, bytes, onProgress) },
  );
}

async function readParts(
  { body }: Response,
  bytes: number,
  onProgress: (share: number) => void,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value);
    received += part.value.length;
    // More than the card says is no model, and need not be read to its end.
    if (received > bytes) throw wrongSize();
    onProgress(received / bytes);
  }
  if (received !== bytes) throw wrongSize();
  return new Blob(parts);
}

function wrongSize(): DioramaError {
  return new DioramaError('MODEL_CORRUPT', 'The model came with another size than its card says.');
}
