import { type Dirent, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
/** Pages by the names of their files. */
const PAGES: Readonly<Record<string, string>> = { '/index.html': '/', '/embed.html': '/embed' };
/** What pages of other origins may load: `<diorama-view>`. */
const SHARED = new Set(['/view.js']);
/** Hidden files are not the studio's, and other characters mean something in an address. */
const SERVED_NAME = /^[\w-][\w.-]*$/;
const PACKED = { br: '.br', gzip: '.gz' } as const;

/** How a file can be packed on the way. */
export type Packing = keyof typeof PACKED;

/** One version of a file: as it is, or packed. */
export interface FileVersion {
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** A file of the studio, with the packed ones that lie beside it. */
export interface StudioFile {
  /** Its address, such as `/assets/index-1a2b3c4d.js`; `/` and `/embed` for the pages. */
  readonly url: string;
  readonly contentType: string;
  readonly plain: FileVersion;
  readonly packed: Readonly<Partial<Record<Packing, FileVersion>>>;
  /** In its quotes; it is a weak one, the same for all versions. */
  readonly entityTag: string;
  /** Whether its name has a hash of what is in it, so that it never changes. */
  readonly isNamedByHash: boolean;
  /** Whether pages of other origins may load it. */
  readonly isShared: boolean;
}

/** Where `npm run build` puts the studio. */
export function builtStudio(): string {
  return fileURLToPath(new URL('dist', import.meta.resolve('@diorama/studio/package.json')));
}

/**
 * The files of a built studio; none where there is no such folder. A link is no file of it, so that nothing outside of
 * the folder is ever listed.
 */
export function listStudioFiles(folder: string): readonly StudioFile[] {
  if (!existsSync(join(folder, 'index.html'))) return [];
  return listFolder(folder, '');
}

/** A file as it was when it was listed; nothing where a new build took its place or removed it. */
export async function openUnchanged({
  path,
  bytes,
  changedMs,
}: FileVersion): Promise<FileHandle | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  const { size, mtimeMs } = await file.stat();
  if (size === bytes && mtimeMs === changedMs) return file;
  await file.close();
  return undefined;
}

function listFolder(folder: string, url: string): readonly StudioFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => {
    const path = join(folder, entry.name);
    if (!SERVED_NAME.test(entry.name)) return [];
    if (entry.isDirectory()) return listFolder(path, `${url}/${entry.name}`);
    return entry.isFile() ? describeFile(path, `${url}/${entry.name}`) : [];
  });
}

function describeFile(path: string, url: string): readonly StudioFile[] {
  const contentType = TYPES[extname(path)];
  if (contentType === undefined) return [];
  const plain = versionOf(path);
  return [
    {
      url: PAGES[url] ?? url,
      contentType,
      plain,
      packed: packedBeside(path),
      entityTag: `"${plain.bytes.toString(36)}-${Math.round(plain.changedMs).toString(36)}"`,
      isNamedByHash: url.startsWith('/assets/'),
      isShared: SHARED.has(url),
    },
  ];
}

function packedBeside(path: string): StudioFile['packed'] {
  const packings = Object.keys(PACKED) as Packing[]; // its own keys
  return Object.fromEntries(
    packings
      .map((packing) => [packing, path + PACKED[packing]] as const)
      .filter(([, beside]) => lstatSync(beside, { throwIfNoEntry: false })?.isFile())
      .map(([packing, beside]) => [packing, versionOf(beside)]),
  );
}

function versionOf(path: string): FileVersion {
  const { size, mtimeMs } = statSync(path);
  return { path, bytes: size, changedMs: mtimeMs };
}
