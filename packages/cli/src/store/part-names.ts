import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/**
 * Names of what is not finished yet. It lies beside what it becomes, on the same file system, so that a rename
 * puts it in place whole: `.beach.4711-9c1e07.diorama.part`, with the process that writes it and its machine.
 */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
const PART = /^\.(.+)\.(\d+)-([0-9a-f]{6})\.diorama\.part$/;
const ASIDE = /^\.(.+)\.diorama\.old$/;

/** Where a folder or file is written before it is complete. */
export function partName(name: string): string {
  return `.${name}.${process.pid}-${MACHINE}.diorama.part`;
}

/** Where the older one lies for the moment between two renames. */
export function asideName(name: string): string {
  return `.${name}.diorama.old`;
}

/** What an aside name stands for. */
export function nameOfAside(entry: string): string | undefined {
  return ASIDE.exec(entry)?.[1];
}

/**
 * Whose a part is: `dead` when the process that wrote it has ended on this machine, `unknown` when it was another
 * machine that shares the folder, `alive`, or undefined when it is no part.
 */
export function writerOfPart(entry: string): 'dead' | 'unknown' | 'alive' | undefined {
  const match = PART.exec(entry);
  if (!match) return undefined;
  if (match[3] !== MACHINE) return 'unknown';
  const pid = Number(match[2]);
  // Whatever bears our own number is older than we are: this is asked before we write anything.
  return pid !== process.pid && isRunning(pid) ? 'alive' : 'dead';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
