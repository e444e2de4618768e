/** The shared words of a thread, as places in an Int32Array. */
export const FLAG_CANCELLED_TASK = 0;
/** 1 from the moment a task (or the start) is handed over until it settled. */
export const FLAG_BUSY = 1;
export const FLAGS_BYTES = 8;

/** What a pool hands to a thread when it starts. */
export interface ThreadStart {
  readonly data: unknown;
  readonly flags: SharedArrayBuffer;
}
