import type { MessageToOwner, MessageToWorker } from '../../shared/pool-messages.ts';

/** The descriptor on which a worker process and its owner speak. */
export const OWNER_PIPE_FD = 3;

/** The first message to a worker process; every later one is a `MessageToWorker`. */
export interface ProcessStart {
  readonly kind: 'start';
  readonly data: unknown;
}

/** The last message of a worker process that fails outside of any task: what was thrown, as text for logs. */
export interface ProcessFault {
  readonly kind: 'fault';
  readonly trace: string;
}

export type ProcessMessageToWorker = ProcessStart | MessageToWorker;
export type ProcessMessageToOwner = ProcessFault | MessageToOwner;
