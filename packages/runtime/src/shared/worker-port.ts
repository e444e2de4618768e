import type { MessageToOwner, MessageToWorker } from './pool-messages.ts';

/** What the owner of a worker hears from it. */
export interface PortEvents {
  onMessage(message: MessageToOwner): void;
  /** The worker ended, or said what cannot be read; `cause` says why, for logs. */
  onGone(cause: unknown): void;
}

/** One worker as its owner holds it. What a worker is made of differs between Node and a browser, and only here. */
export interface WorkerPort {
  /** Of a worker that is a process of its own. */
  readonly pid?: number | undefined;
  /** Throws what structured cloning throws when the message cannot cross. What `transfer` names may move there. */
  post(message: MessageToWorker, transfer?: readonly ArrayBuffer[]): void;
  /** Whether the worker keeps the process alive; nothing in a browser. */
  hold(isHeld: boolean): void;
  /** Asks the worker to go; resolves when it is gone, or was left to end by itself. */
  end(): Promise<void>;
}

/** Starts a worker. It answers `ready` or `unready` first. */
export type OpenWorkerPort = (name: string, events: PortEvents) => WorkerPort;
