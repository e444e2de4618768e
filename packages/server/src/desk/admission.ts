import { DioramaError } from '@diorama/core';
import { tooManyBytes } from '../intake/bytes.ts';
import { FORM_OVERHEAD_BYTES } from '../intake/form.ts';

/** Takes so many bytes in, and answers the function that gives their room back, or throws. */
export type Admission = (announcedBytes: number | undefined) => () => void;

/**
 * Admission by the bytes that requests announce, so that many uploads at once cannot fill the memory. Who
 * announces nothing counts as the largest.
 */
export function createAdmission(options: {
  readonly maxBytes: number;
  readonly maxHeldBytes: number;
}): Admission {
  const maxBodyBytes = options.maxBytes + FORM_OVERHEAD_BYTES;
  let heldBytes = 0;
  return (announcedBytes = maxBodyBytes) => {
    if (announcedBytes > maxBodyBytes) throw tooManyBytes(options.maxBytes);
    if (heldBytes > 0 && heldBytes + announcedBytes > options.maxHeldBytes) {
      throw new DioramaError('QUEUE_FULL', 'The server holds as many photos as it can.');
    }
    heldBytes += announcedBytes;
    let isHeld = true;
    return () => {
      if (isHeld) heldBytes -= announcedBytes;
      isHeld = false;
    };
  };
}
