import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

const READ_BYTES = 2 ** 18;
const { resolve: resolveModule } = createRequire(import.meta.url);

/** What was found of a file the last time that all of it was read. */
interface Finding {
  readonly stamp: string;
  readonly isWhole: Promise<boolean>;
}

/**
 * The files of models on this machine. A file is hashed before the first of its bytes goes out, since nothing can be
 * taken back once it is sent and a part of a file has no hash; then again whenever its size, its times or its place on
 * the disk are others than they were.
 */
export class ModelFiles {
  readonly #findings = new Map<string, Finding>();

  /** Where a model's file lies with the size that its card says, if it does. */
  async find(card: ModelCard): Promise<string | undefined> {
    for (const path of pathsOf(card)) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() && found.size === card.bytes) return path;
    }
    return undefined;
  }

  /**
   * Opens a model's file, which is its card's; the caller closes it.
   * @throws DioramaError `MODEL_MISSING`, `MODEL_CORRUPT`
   */
  async open(card: ModelCard): Promise<FileHandle> {
    const path = await this.find(card);
    if (path === undefined) {
      throw new DioramaError(
        'MODEL_MISSING',
        `The file of model ${card.id} is not on this server.`,
      );
    }
    const file = await open(path, 'r');
    try {
      if (await this.#isWhole(card, file)) return file;
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    throw new DioramaError(
      'MODEL_CORRUPT',
      `The file of model ${card.id} on this server is not the one that its card names.`,
    );
  }

  async #isWhole(card: ModelCard, file: FileHandle): Promise<boolean> {
    const stamp = await stampOf(file);
    const before = this.#findings.get(card.sha256);
    // Whoever comes while the file is being read waits for the same reading.
    if (before?.stamp === stamp) return before.isWhole;
    const isWhole = hashOf(file).then(
      async (sha256) => sha256 === card.sha256 && (await stampOf(file)) === stamp,
    );
    const finding = { stamp, isWhole };
    this.#findings.set(card.sha256, finding);
    isWhole.catch(() => {
      if (this.#findings.get(card.sha256) === finding) this.#findings.delete(card.sha256);
    });
    return isWhole;
  }
}

/** In the order in which they are looked at. */
function pathsOf({ sources }: ModelCard): readonly string[] {
  return sources.flatMap((source) => {
    if (source.kind === 'file') return [resolve(source.path)];
    if (source.kind !== 'embedded') return [];
    try {
      return [resolveModule(`@diorama/runtime/models/${source.path.replace(/^embedded\//, '')}`)];
    } catch {
      return []; // a card of a file that does not come with this version
    }
  });
}

/** Changes with whatever writes to the file or puts another in its place. */
async function stampOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(READ_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, READ_BYTES, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}
