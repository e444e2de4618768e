import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Of what a person wants to know how large it is; the rest is Debian. */
const PARTS = [
  ['Node', 'usr/local/bin/node'],
  ['ONNX Runtime', 'app/node_modules/onnxruntime-node'],
  ['libvips and sharp', 'app/node_modules/@img'],
  ['weights', 'app/packages/runtime/models'],
  ['studio', 'app/apps/studio'],
  ['packages and Diorama', 'app'],
  ['base', ''],
];
const MEGA = 1e6;

/** Bytes of the files below a path that were not seen before; of a hard link once. */
function bytesBelow(path, seen) {
  const stat = lstatSync(path);
  const id = `${stat.dev} ${stat.ino}`;
  if (seen.has(id)) return 0;
  seen.add(id);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name), seen), 0);
}

/** Size of an image's files: of all, and of its parts, in bytes. */
export function sizesOf(root) {
  const seen = new Set();
  const parts = PARTS.map(([title, path]) => [title, bytesBelow(join(root, path), seen)]);
  return { total: parts.reduce((sum, [, bytes]) => sum + bytes, 0), parts };
}

/** Megabytes, as registries count them. */
export function megabytes(bytes) {
  return `${(bytes / MEGA).toFixed(1)} MB`;
}
