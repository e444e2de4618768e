import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Stands between two programs and keeps every byte that passes, in both directions. */
export interface RecordingProxy {
  readonly origin: string;
  readonly port: number;
  /** All bytes since the start or the last `forget`, those of each connection together. */
  recorded(): { readonly sent: Buffer; readonly answered: Buffer };
  forget(): void;
}

interface Tape {
  readonly sent: Buffer[];
  readonly answered: Buffer[];
}

/** Records what passes to a port of this machine, until the test is over. */
export async function recordTo(port: number): Promise<RecordingProxy> {
  let tapes: Tape[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let tape: Tape | undefined;
    const tapeNow = (): Tape => {
      if (tape === undefined || !tapes.includes(tape)) {
        tape = { sent: [], answered: [] };
        tapes.push(tape);
      }
      return tape;
    };
    near.on('data', (bytes) => tapeNow().sent.push(Buffer.from(bytes)));
    far.on('data', (bytes) => tapeNow().answered.push(Buffer.from(bytes)));
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // One side that breaks off ends the other; nobody else wants to know.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  const all = (of: (tape: Tape) => Buffer[]) => Buffer.concat(tapes.flatMap(of));
  return {
    port: own,
    origin: `http://127.0.0.1:${own}`,
    recorded: () => ({ sent: all(({ sent }) => sent), answered: all(({ answered }) => answered) }),
    forget: () => {
      tapes = [];
    },
  };
}
