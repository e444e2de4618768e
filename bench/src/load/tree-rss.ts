import { readdir, readFile } from 'node:fs/promises';

const KIBI = 1024;

/** Resident bytes of a process and all its descendants, as Linux counts them; shared pages count for each. */
export async function treeRssBytes(root: number): Promise<number> {
  const processes = await listProcesses();
  const wanted = new Set([root]);
  // Children have no smaller number than their parents mostly, but numbers wrap: look until nothing is added.
  for (let before = 0; before !== wanted.size; ) {
    before = wanted.size;
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid);
  }
  return processes.filter(({ pid }) => wanted.has(pid)).reduce((sum, { rss }) => sum + rss, 0);
}

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly rss: number;
}

async function listProcesses(): Promise<readonly ProcessEntry[]> {
  const names = await readdir('/proc');
  const pids = names.filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(pids.map(readProcess));
  return entries.filter((entry) => entry !== undefined);
}

/** Undefined for one that ended meanwhile. */
async function readProcess(pid: string): Promise<ProcessEntry | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  const rssKibi = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  if (parent === undefined || rssKibi === undefined) return undefined;
  return { pid: Number(pid), parent: Number(parent), rss: Number(rssKibi) * KIBI };
}
