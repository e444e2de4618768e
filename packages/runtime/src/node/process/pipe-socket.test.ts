import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { socketOfChild } from './pipe-socket.ts';

it('reads all that a child writes into the same memory, until it ends', async () => {
  const script = `
    const socket = new (require('node:net').Socket)({ fd: 3 });
    socket.end(Buffer.from(Uint8Array.from({ length: 1_000_003 }, (_, n) => n % 251)));`;
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const buffers = new Set<unknown>();
  const pieces: Buffer[] = [];
  const socket = socketOfChild(child.stdio[3] as Socket, (piece) => {
    buffers.add(piece.buffer);
    pieces.push(Buffer.from(piece));
  });
  await Promise.all([once(socket, 'close'), once(child, 'exit')]);
  const all = Buffer.concat(pieces);
  expect(all).toHaveLength(1_000_003);
  expect(all.findIndex((byte, n) => byte !== n % 251)).toBe(-1);
  // More would mean that Node changed what this leans on: it works, and stops the main thread for clearing up.
  expect(buffers.size).toBe(1);
});
