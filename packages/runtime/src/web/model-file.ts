import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** A model's file: its address, or its bytes. */
export type ModelFile = string | ArrayBuffer;

/**
 * The bytes of a model, checked against its card. An address is fetched from that very address: a redirect is
 * refused, since it could lead to a host that nobody named.
 * @throws DioramaError `MODEL_CORRUPT` when there is no such file or it is not the card's; `CONFIG_INVALID` where
 * the browser offers no SHA-256, which is on pages that came neither by https nor from localhost.
 */
export async function loadModelFile(card: ModelCard, file: ModelFile): Promise<Uint8Array> {
  if (!globalThis.isSecureContext) {
    throw new DioramaError(
      'CONFIG_INVALID',
      'A model can be checked only in a page that came by https or from localhost.',
    );
  }
  const bytes = typeof file === 'string' ? await download(card, file) : new Uint8Array(file);
  const sha256 = hexOf(await crypto.subtle.digest('SHA-256', bytes));
  if (sha256 === card.sha256 && bytes.byteLength === card.bytes) return bytes;
  throw new DioramaError(
    'MODEL_CORRUPT',
    `The file of model ${card.id} is not the one that its card names: it is damaged, or the card is out of date.`,
    {
      detail: { bytes: bytes.byteLength, cardBytes: card.bytes, sha256, cardSha256: card.sha256 },
    },
  );
}

/** The body up to one byte more than the card says, so that an endless answer ends. */
async function download(card: ModelCard, address: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(card.bytes + 1);
  let length = 0;
  try {
    const response = await fetch(address, { redirect: 'error' });
    if (!response.ok || !response.body) throw missing(card, `status ${response.status}`);
    const reader = response.body.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const part = value.subarray(0, bytes.length - length);
      bytes.set(part, length);
      length += part.length;
      if (length < bytes.length) continue;
      await reader.cancel();
      break;
    }
  } catch (error) {
    if (error instanceof DioramaError) throw error;
    throw missing(card, 'the download failed', error);
  }
  return bytes.subarray(0, length);
}

function missing(card: ModelCard, why: string, cause?: unknown): DioramaError {
  return new DioramaError(
    'MODEL_CORRUPT',
    `The file of model ${card.id} is not at its address: ${why}.`,
    { cause },
  );
}

function hexOf(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
