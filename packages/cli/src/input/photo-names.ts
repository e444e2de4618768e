import { createHash } from 'node:crypto';
import { basename, dirname, extname } from 'node:path';

/** Leaves room for what a temporary name adds, within the 255 bytes that file systems allow. */
const LONGEST_NAME_BYTES = 180;

/**
 * A name for each photo under which its layers are written, all different, in the photos' order.
 *
 * A name is the photo's own without its ending. Photos that would share one (on a file system that does not tell
 * `A` from `a` too) all get their ending added, `a-jpg` and `a-png`; where that is not enough, the folders above
 * them one by one, `x-a-jpg` and `y-a-jpg`; and at last a number. So a name depends on which photos are together
 * and never on the order in which they were found, and adding a photo never gives its name to another.
 */
export function namePhotos(paths: readonly string[]): string[] {
  const order = paths.map((_, index) => index);
  const levels = order.map(() => 0);
  const names = paths.map((path) => nameAt(path, 0));
  for (let again = true; again; ) {
    again = false;
    for (const group of clashes(names)) {
      for (const index of group) {
        const path = paths[index] as string; // an index of `paths`
        const level = (levels[index] as number) + 1; // as long as `paths`
        const longer = nameAt(path, level);
        if (longer === nameAt(path, level + 1) && longer === names[index]) continue;
        levels[index] = level;
        names[index] = longer;
        again = true;
      }
    }
  }
  for (const group of clashes(names)) numberApart(group, names, paths);
  return names;
}

/** Groups of indices whose names are the same to some file system. */
function clashes(names: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  names.forEach((name, index) => {
    const key = sameness(name);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}

function sameness(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Level 0 is the stem, level 1 adds the ending, and each one more adds a folder above. */
function nameAt(path: string, level: number): string {
  const ending = extname(path);
  const parts = [basename(path, ending)];
  if (level > 0 && ending.length > 1) parts.push(ending.slice(1));
  let folder = dirname(path);
  for (let above = 1; above < level && basename(folder) !== ''; above++) {
    parts.unshift(basename(folder));
    folder = dirname(folder);
  }
  return fileSystemName(parts.join('-'));
}

/** Never hidden, never `.` or `..`, never too long. */
function fileSystemName(text: string): string {
  const visible = text.replace(/^\.+/, (dots) => '_'.repeat(dots.length)) || '_';
  if (Buffer.byteLength(visible) <= LONGEST_NAME_BYTES) return visible;
  const hash = createHash('sha256').update(visible).digest('hex').slice(0, 8);
  const cut = Buffer.from(visible)
    .subarray(0, LONGEST_NAME_BYTES - 9)
    .toString()
    .replace(/\uFFFD+$/, '');
  return `${cut}-${hash}`;
}

function numberApart(group: readonly number[], names: string[], paths: readonly string[]): void {
  const taken = new Set(names.map(sameness));
  const sorted = [...group].sort((a, b) => ((paths[a] as string) < (paths[b] as string) ? -1 : 1));
  for (const index of sorted.slice(1)) {
    const name = names[index] as string; // an index of `names`
    let number = 2;
    while (taken.has(sameness(`${name}-${number}`))) number += 1;
    names[index] = `${name}-${number}`;
    taken.add(sameness(`${name}-${number}`));
  }
}
