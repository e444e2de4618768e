import { fork } from 'node:child_process';
import { join } from 'node:path';
import { DioramaError } from '@diorama/core';
import type { z } from 'zod';
import { exitOf } from '../npm.ts';
import { type PeerPlace, peerFolder } from './install-peer.ts';

const ANSWER_TIMEOUT_MS = 600_000;

/** A peer in a process of its own. It answers one message at a time, and measures itself. */
export interface PeerProcess {
  ask<Answer>(message: object, schema: z.ZodType<Answer>): Promise<Answer>;
  dispose(): Promise<void>;
}

/** Starts `peer.mjs` of an installed peer, with its folder as working folder. */
export function openPeer(place: PeerPlace): PeerProcess {
  const folder = peerFolder(place);
  const child = fork(join(folder, 'peer.mjs'), [], {
    cwd: folder,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    ask: (message, schema) =>
      new Promise((resolve, reject) => {
        const fail = (reason: string) => {
          settle();
          reject(new DioramaError('INTERNAL', `the peer ${place.name} ${reason}`));
        };
        const onMessage = (answer: unknown) => {
          const parsed = schema.safeParse(answer);
          if (!parsed.success) return fail(`failed: ${JSON.stringify(answer)}`);
          settle();
          resolve(parsed.data);
        };
        const onClose = () => fail('ended early');
        const onError = () => fail('did not start');
        const timer = setTimeout(() => fail('gave no answer in time'), ANSWER_TIMEOUT_MS);
        const settle = () => {
          clearTimeout(timer);
          child.off('message', onMessage).off('close', onClose).off('error', onError);
        };
        child.on('message', onMessage).on('close', onClose).on('error', onError);
        if (child.connected) child.send(message);
        else onClose();
      }),
    dispose: async () => {
      const ended = exitOf(child);
      child.kill();
      await ended;
    },
  };
}
