import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { z } from 'zod';
import { makeFolder } from './durable-file.ts';
import { systemCodeOf } from './file-errors.ts';

const LOCK_FILE = '.pull.lock';
const REFRESH_MS = 2000;
const LOOK_MS = 250;
const MOST_ATTEMPTS = 5;
/** Without a sign of life, for a process of this machine that has ended. Others may share its host's name. */
const DEAD_MS = 3 * REFRESH_MS;
/** Without a sign of life, for any other. */
const SILENT_MS = 60_000;

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  since: z.string(),
  token: z.string(),
});

export interface LockWait {
  readonly signal: AbortSignal;
  /** How long another may hold it. */
  readonly waitMs: number;
  readonly onWait?: () => Promise<void>;
}

/** The right of one process among all that share a models folder to change one model of it. */
export class PullLock {
  /** Whether it was taken from a process that may yet live and write. */
  readonly isUsurped: boolean;
  private readonly path: string;
  private readonly token: string;
  private readonly timer: NodeJS.Timeout;

  private constructor(path: string, token: string, isUsurped: boolean) {
    this.path = path;
    this.token = token;
    this.isUsurped = isUsurped;
    this.timer = setInterval(() => this.refresh(), REFRESH_MS);
    this.timer.unref();
  }

  /**
   * Waits for the lock of a model's folder, which is made when it is not there.
   * @throws DioramaError `DEADLINE_EXCEEDED` when another holds it for longer than `waitMs`; the signal's reason; the
   *   system's errors.
   */
  static async acquire(folder: string, { signal, waitMs, onWait }: LockWait): Promise<PullLock> {
    const path = join(folder, LOCK_FILE);
    const token = randomUUID();
    const start = performance.now();
    let isUsurped = false;
    let last: Seen | undefined;
    for (;;) {
      signal.throwIfAborted();
      if (await createInFolder(path, token)) return new PullLock(path, token, isUsurped);
      const seen = await look(path);
      if (seen && (seen.mtimeMs !== last?.mtimeMs || seen.text !== last.text)) last = seen;
      const end = last && seen ? endOf(last) : undefined;
      if (last && end) {
        isUsurped ||= end === 'silent';
        await takeAway(path, last, token);
        last = undefined;
        continue;
      }
      if (performance.now() - start > waitMs) {
        throw new DioramaError('DEADLINE_EXCEEDED', 'Another process is still at this model');
      }
      await onWait?.();
      await pause(LOOK_MS, undefined, { signal });
    }
  }

  /** Whether nobody took it for abandoned, as after a long sleep of the machine. */
  async isHeld(): Promise<boolean> {
    const seen = await look(this.path).catch(() => undefined);
    return seen?.text.includes(this.token) ?? false;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    // One that cannot be taken away goes stale.
    if (await this.isHeld()) await rm(this.path, { force: true }).catch(() => undefined);
  }

  private async refresh(): Promise<void> {
    const now = new Date();
    // A failure shows when the lock is asked for at the end.
    if (await this.isHeld()) await utimes(this.path, now, now).catch(() => undefined);
  }
}

interface Seen {
  readonly text: string;
  readonly mtimeMs: number;
  /** When it was first seen so, on our own clock: those of two machines differ. */
  readonly at: number;
}

/** Whoever removes a model takes its folder away, perhaps just after we made it; but not for ever. */
async function createInFolder(path: string, token: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    await makeFolder(dirname(path));
    try {
      return await create(path, token);
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Answers false when there is one. */
async function create(path: string, token: string): Promise<boolean> {
  const since = new Date().toISOString();
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), since, token }));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function look(path: string): Promise<Seen | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { text: await readFile(path, 'utf8'), mtimeMs, at: performance.now() };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether its holder has ended for sure, is only silent for too long, or neither. */
function endOf({ text, mtimeMs, at }: Seen): 'dead' | 'silent' | undefined {
  const silentMs = performance.now() - at;
  const holder = holderOf(text);
  const isOurs = holder?.host === hostname();
  const sinceRefreshMs = isOurs ? Math.max(silentMs, Date.now() - mtimeMs) : silentMs;
  if (holder && isOurs && !isRunning(holder.pid) && sinceRefreshMs > DEAD_MS) return 'dead';
  return silentMs > SILENT_MS ? 'silent' : undefined;
}

function holderOf(text: string): z.infer<typeof holderSchema> | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}

/** Moves it aside before looking at it again, so that of several who find it abandoned none takes a fresh one. */
async function takeAway(path: string, seen: Seen, token: string): Promise<void> {
  const aside = `${path}.${token}`;
  try {
    await rename(path, aside);
    const text = await readFile(aside, 'utf8');
    if (text !== seen.text) await link(aside, path).catch(() => undefined);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
