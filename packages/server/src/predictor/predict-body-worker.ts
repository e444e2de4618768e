import { setPriority } from 'node:os';
import { serveWorker } from '@diorama/runtime/worker';
import { type ReadBody, readPredictBody } from './predict-body.ts';

/** As far as other workers do: docs/decisions/0009-processes.md. */
const NICENESS = 5;

try {
  // On Linux it counts for this thread alone, elsewhere for the whole process.
  if (process.platform === 'linux') setPriority(NICENESS);
} catch {
  // The system does not let anyone, which is worth no refusal.
}

// Reads large bodies, so that the thread that answers health checks does not.
serveWorker<Uint8Array, ReadBody>({
  handle(bytes) {
    const value = readPredictBody(bytes);
    const transfer = value.instances.flatMap((one) => ('bytes' in one ? [one.bytes.buffer] : []));
    return { value, transfer };
  },
});
