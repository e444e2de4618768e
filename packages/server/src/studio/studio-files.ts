import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
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
const PACKED = { br: '.br', gzip: '.gz' } as const;

/** How a file can be packed on the way. */
export type Packing = keyof typeof PACKED;

/** One version of a file: as it is, or packed. */
export interface FileVersion {
  readonly path: string;
  readonly bytes: number;
}

/** A file of the studio, with the packed ones that lie beside it. */
export interface StudioFile {
  /** Its address, such as `/assets/index-1a2b3c4d.js`; `/` and `/embed` for the pages. */
  readonly url: string;
  readonly contentType: string;
  readonly plain: FileVersion;
  readonly packed: Readonly<Partial<Record<Packing, FileVersion>>>;
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

/** The files of a built studio; none where there is no such folder. */
export function listStudioFiles(folder: string): readonly StudioFile[] {
  if (!existsSync(join(folder, 'index.html'))) return [];
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.flatMap((name) => {
    const path = join(folder, name);
    const contentType = TYPES[extname(name)];
    if (contentType === undefined || name.startsWith('.')) return [];
    const plain = versionOf(path);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    return [
      {
        url: PAGES[url] ?? url,
        contentType,
        plain,
        packed: packedBeside(path),
        entityTag: `W/"${plain.bytes.toString(36)}-${Math.round(statSync(path).mtimeMs).toString(36)}"`,
        isNamedByHash: url.startsWith('/assets/'),
        isShared: SHARED.has(url),
      },
    ];
  });
}

function packedBeside(path: string): StudioFile['packed'] {
  const packings = Object.keys(PACKED) as Packing[]; // its own keys
  return Object.fromEntries(
    packings
      .filter((packing) => existsSync(path + PACKED[packing]))
      .map((packing) => [packing, versionOf(path + PACKED[packing])]),
  );
}

function versionOf(path: string): FileVersion {
  return { path, bytes: statSync(path).size };
}
