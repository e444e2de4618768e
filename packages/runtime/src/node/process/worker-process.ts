import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { MessageToWorker } from '../../shared/pool-messages.ts';
import type { PortEvents, WorkerPort } from '../../shared/worker-port.ts';
import { FramePipe } from './frame-pipe.ts';
import {
  OWNER_PIPE_FD,
  type ProcessMessageToOwner,
  type ProcessStart,
} from './process-messages.ts';
import { type ProcessOptions, startProcess } from './start-process.ts';

export interface WorkerProcessOptions extends ProcessOptions {
  readonly workerData?: unknown;
  /** How long a process may take to leave when asked, before it is ended. */
  readonly leaveTimeoutMs: number;
}

/** How long the system may take to end a process; one that waits for a device can outlast any signal. */
const KILL_TIMEOUT_MS = 2_000;
/** How long a process that closed its pipe may take to be gone. */
const EXIT_TIMEOUT_MS = 1_000;

/** A worker that is a process of its own: whatever its native code does, nobody else dies of it. */
export class WorkerProcess implements WorkerPort {
  readonly #options: WorkerProcessOptions;
  readonly #events: PortEvents;
  readonly #child: ChildProcess | undefined;
  readonly #stream: Socket | undefined;
  readonly #pipe: FramePipe | undefined;
  #isRunning = true;
  #isTold = false;
  #failure: unknown;
  #exitTimer: NodeJS.Timeout | undefined;
  #end: Promise<void> | undefined;

  constructor(options: WorkerProcessOptions, events: PortEvents) {
    this.#options = options;
    this.#events = events;
    try {
      this.#child = startProcess(options);
    } catch (error) {
      this.#failure = error;
    }
    const child = this.#child;
    // Where the system refuses to start it, Node leaves out the pipes. The fourth one is a socket, which has no type.
    const stream = child?.stdio?.[OWNER_PIPE_FD] as Socket | null | undefined;
    if (!child || !stream) {
      this.#isRunning = false;
      child?.on('error', () => undefined);
      setImmediate(() => this.#tell('The system started no process.'));
      return;
    }
    this.#stream = stream;
    this.#pipe = new FramePipe(stream, {
      onMessage: (message) => this.#receive(message as ProcessMessageToOwner), // the worker sends no other
      onFault: (error) => this.#cutOff(error),
      onClosed: () => this.#expectExit(),
    });
    child.on('error', (error) => this.#cutOff(error));
    child.once('exit', () => {
      this.#isRunning = false;
      clearTimeout(this.#exitTimer);
    });
    // Not before its last words are read: a finished task is not done again.
    child.once('close', (exitCode, signal) => {
      const how = signal ? `It was ended by ${signal}.` : `It left with exit code ${exitCode}.`;
      this.#isRunning = false;
      this.#tell(how);
    });
    this.#pipe.send({ kind: 'start', data: options.workerData } satisfies ProcessStart);
  }

  /** Its number; none when the system started no process. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Nothing moves to another process: buffers in `transfer` are sent like all others, and stay whole here. */
  post(message: MessageToWorker): void {
    this.#pipe?.send(message);
  }

  hold(isHeld: boolean): void {
    for (const held of [this.#child, this.#stream]) {
      if (isHeld) held?.ref();
      else held?.unref();
    }
  }

  /** Asks the process to go, and ends it when it does not: that may be done at any moment. */
  end(): Promise<void> {
    this.#end ??= this.#leave();
    return this.#end;
  }

  async #leave(): Promise<void> {
    if (!this.#isRunning) return;
    this.hold(true);
    this.post({ kind: 'leave' });
    if (await this.#isGoneWithin(this.#options.leaveTimeoutMs)) return;
    this.#child?.kill('SIGKILL');
    if (!(await this.#isGoneWithin(KILL_TIMEOUT_MS))) this.hold(false);
  }

  #isGoneWithin(timeoutMs: number): Promise<boolean> {
    if (!this.#isRunning) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      this.#child?.once('exit', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  #receive(message: ProcessMessageToOwner): void {
    if (message.kind === 'fault') this.#failure = message.trace;
    else this.#events.onMessage(message);
  }

  /** A process closes its pipe by its end, which is told next. One that goes on cannot be asked for anything. */
  #expectExit(): void {
    if (!this.#isRunning) return;
    this.#exitTimer = setTimeout(() => this.#cutOff('It closed its pipe.'), EXIT_TIMEOUT_MS);
  }

  #cutOff(cause: unknown): void {
    if (!this.#isRunning) return;
    this.#failure ??= cause;
    this.#child?.kill('SIGKILL');
  }

  #tell(how: string): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#events.onGone(this.#failure ?? how);
  }
}
