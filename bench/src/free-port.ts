import { createServer } from 'node:net';
import { DioramaError } from '@diorama/core';

/** A TCP port on this machine that nobody listened on a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address === 'object' && address !== null) return address.port;
  throw new DioramaError('INTERNAL', 'no free port was found');
}
