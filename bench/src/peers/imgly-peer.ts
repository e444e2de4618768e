import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { endGroup, exitOf, spawnNpm } from './npm.ts';
import { ROOT } from './root.ts';

const FOLDER = join(ROOT, 'bench', 'peers', 'imgly');
const INSTALL_TIMEOUT_MS = 600_000;
const ANSWER_TIMEOUT_MS = 600_000;

/** @imgly/background-removal-node in a process of its own. */
export interface ImglyPeer {
  /** Wall time in ms that the peer took from the photo's bytes to its PNG's bytes, without the way to the process. */
  cutOut(jpeg: Uint8Array): Promise<{ readonly ms: number; readonly pngBytes: number }>;
  dispose(): Promise<void>;
}

/** Installs the peer where it is not yet; answers why it cannot be, or null. */
export async function installImgly(say: (line: string) => void): Promise<string | null> {
  if (isInstalled()) return null;
  say('installing the peer into bench/peers/imgly');
  const child = spawnNpm(['ci'], { cwd: FOLDER, output: 'stderr' });
  const abort = new AbortController();
  const timeout = sleep(INSTALL_TIMEOUT_MS, undefined, { signal: abort.signal }).then(
    () => endGroup(child, 0),
    () => undefined,
  );
  const exitCode = await exitOf(child);
  abort.abort();
  await timeout;
  if (exitCode === 0 && isInstalled()) return null;
  return `npm ci in bench/peers/imgly ended with ${exitCode ?? 'a signal'}`;
}

/** Starts the installed peer; its model loads with the first photo. */
export function openImgly(): ImglyPeer {
  const child = fork(join(FOLDER, 'peer.mjs'), [], {
    cwd: FOLDER,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    cutOut: (jpeg) => ask(child, jpeg),
    dispose: async () => {
      const ended = exitOf(child);
      child.kill();
      await ended;
    },
  };
}

function isInstalled(): boolean {
  const wanted = lockedVersion(join(FOLDER, 'package-lock.json'));
  const found = lockedVersion(join(FOLDER, 'node_modules', '.package-lock.json'));
  return wanted !== undefined && wanted === found;
}

function lockedVersion(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const name = '"node_modules/@imgly/background-removal-node"';
  return new RegExp(`${name}: \\{\\s*"version": "([^"]+)"`).exec(readFileSync(path, 'utf8'))?.[1];
}

function ask(child: ChildProcess, jpeg: Uint8Array) {
  return new Promise<{ ms: number; pngBytes: number }>((resolve, reject) => {
    const fail = (reason: string) => {
      settle();
      reject(new DioramaError('INTERNAL', `the peer ${reason}`));
    };
    const onMessage = (message: unknown) => {
      settle();
      if (isAnswer(message)) resolve(message);
      else reject(new DioramaError('INTERNAL', `the peer failed: ${JSON.stringify(message)}`));
    };
    const onClose = () => fail('ended early');
    const onError = () => fail('did not start');
    const timer = setTimeout(() => fail('gave no answer in time'), ANSWER_TIMEOUT_MS);
    const settle = () => {
      clearTimeout(timer);
      child.off('message', onMessage).off('close', onClose).off('error', onError);
    };
    child.on('message', onMessage).on('close', onClose).on('error', onError);
    child.send(jpeg);
  });
}

function isAnswer(message: unknown): message is { ms: number; pngBytes: number } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'ms' in message &&
    typeof message.ms === 'number' &&
    'pngBytes' in message &&
    typeof message.pngBytes === 'number'
  );
}
