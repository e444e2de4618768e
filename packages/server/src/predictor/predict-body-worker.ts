import { serveWorker } from '@diorama/runtime';
import { type ReadBody, readPredictBody } from './predict-body.ts';

// Reads large bodies, so that the thread that answers health checks does not.
serveWorker<Uint8Array, ReadBody>({
  handle(bytes) {
    const value = readPredictBody(bytes);
    const transfer = value.instances.flatMap((one) => ('bytes' in one ? [one.bytes.buffer] : []));
    return { value, transfer };
  },
});
