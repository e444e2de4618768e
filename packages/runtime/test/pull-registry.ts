import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CatalogueCard, CatalogueSource } from '@diorama/contract';
import { pack } from 'tar-stream';
import { fetchableCard } from './pull-card.ts';
import { type FileAnswer, type FileServer, sendFile, serveFiles, sha256Of } from './pull-server.ts';

export interface PackedFile {
  readonly name: string;
  readonly bytes?: Uint8Array;
  /** A symbolic link to there, in place of a file. */
  readonly linksTo?: string;
}

const CHUNK_BYTES = 65_536;

/** A file as packages carry it: an index, and chunks called by their hashes. */
export function chunkedFiles(bytes: Uint8Array, entry = '/models/tiny'): PackedFile[] {
  const chunks: { hash: string; offsets: [number, number] }[] = [];
  const files: PackedFile[] = [];
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
    const piece = bytes.subarray(start, start + CHUNK_BYTES);
    const hash = sha256Of(piece);
    chunks.push({ hash, offsets: [start, start + piece.byteLength] });
    // The order of an archive is not the one of the file.
    files.unshift({ name: `package/dist/${hash}`, bytes: piece });
  }
  const index = { [entry]: { chunks, size: bytes.byteLength, mime: 'application/octet-stream' } };
  files.push({
    name: 'package/dist/resources.json',
    bytes: new TextEncoder().encode(JSON.stringify(index)),
  });
  return files;
}

/** A `.tgz` of these files. */
export async function archiveOf(files: readonly PackedFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, bytes = new Uint8Array(0), linksTo } of files) {
    if (linksTo === undefined) tar.entry({ name }, bytes);
    else tar.entry({ name, type: 'symlink', linkname: linksTo });
  }
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar as AsyncIterable<Buffer>) pieces.push(piece);
  return gzipSync(Buffer.concat(pieces));
}

/** What a test's registry does otherwise than a good one. */
export interface RegistryFaults {
  readonly integrity?: string;
  readonly tarball?: string;
  readonly archive?: (count: number) => FileAnswer;
}

/** A registry on loopback with one package. */
export async function serveRegistry(
  archive: Uint8Array,
  faults: RegistryFaults = {},
): Promise<FileServer> {
  let archives = 0;
  const server: FileServer = await serveFiles((request, response) => {
    if (request.url === '/npm/@some%2fmodel-package/1.2.3') {
      const hash = createHash('sha512').update(archive).digest('base64');
      const dist = {
        tarball: faults.tarball ?? `${server.base}/npm/@some/model-package/-/1.2.3.tgz`,
        integrity: faults.integrity ?? `sha512-${hash}`,
      };
      response.end(JSON.stringify({ name: '@some/model-package', dist }));
    } else if (request.url === '/npm/@some/model-package/-/1.2.3.tgz') {
      archives += 1;
      sendFile(request, response, archive, faults.archive?.(archives));
    } else response.writeHead(404).end();
  });
  return server;
}

type PackageSource = Extract<CatalogueSource, { kind: 'package' }>;

/** The card of a model inside that package. */
export function packagedCard(bytes: Uint8Array, own: Partial<PackageSource> = {}): CatalogueCard {
  const source: PackageSource = {
    kind: 'package',
    name: '@some/model-package',
    version: '1.2.3',
    index: 'dist/resources.json',
    entry: '/models/tiny',
    bytes: bytes.byteLength,
    sha256: sha256Of(bytes),
    ...own,
  };
  return fetchableCard({ sources: [source] });
}
