import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup, exitOf, spawnNpm } from '../npm.ts';
import { ROOT } from '../root.ts';

const INSTALL_TIMEOUT_MS = 600_000;

/** A program that is measured against, in a folder of its own outside the workspaces. */
export interface PeerPlace {
  /** Its folder in bench/peers. */
  readonly name: string;
  /** The package that is measured. */
  readonly package: string;
}

export function peerFolder({ name }: PeerPlace): string {
  return join(ROOT, 'bench', 'peers', name);
}

/** Installs a peer where it is not yet; answers why it cannot be, or null. */
export async function installPeer(
  place: PeerPlace,
  say: (line: string) => void,
): Promise<string | null> {
  if (isInstalled(place)) return null;
  const shown = `bench/peers/${place.name}`;
  say(`installing the peer into ${shown}`);
  const child = spawnNpm(['ci'], { cwd: peerFolder(place), output: 'stderr' });
  const abort = new AbortController();
  const timeout = sleep(INSTALL_TIMEOUT_MS, undefined, { signal: abort.signal }).then(
    () => endGroup(child, 0),
    () => undefined,
  );
  const exitCode = await exitOf(child);
  abort.abort();
  await timeout;
  if (exitCode === 0 && isInstalled(place)) return null;
  return `npm ci in ${shown} ended with ${exitCode ?? 'a signal'}`;
}

function isInstalled(place: PeerPlace): boolean {
  const folder = peerFolder(place);
  const wanted = lockedVersion(join(folder, 'package-lock.json'), place.package);
  const found = lockedVersion(join(folder, 'node_modules', '.package-lock.json'), place.package);
  return wanted !== undefined && wanted === found;
}

function lockedVersion(path: string, name: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const entry = new RegExp(`"node_modules/${name}": \\{\\s*"version": "([^"]+)"`);
  return entry.exec(readFileSync(path, 'utf8'))?.[1];
}
