import type { Raster } from '@diorama/core';
import { serveWorker } from '@diorama/runtime';
import { resizeCentred } from './resize-centred.ts';
import type { ResizeTask } from './resizer.ts';

// A picture of a million pixels would hold the main thread for more than 10 ms.
serveWorker<ResizeTask, Raster>({
  handle({ source, size }) {
    const value = resizeCentred(source, size);
    const { buffer } = value.data;
    return { value, transfer: buffer instanceof ArrayBuffer ? [buffer] : [] };
  },
});
