import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { MessageToWorker } from '../../shared/pool-messages.ts';
import type { PortEvents, WorkerPort } from '../../shared/worker-port.ts';
import { FramePipe } from './frame-pipe.ts';
import { socketOfChild } from './pipe-socket.ts';
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
/** How long a process that closed its pipe may take to end, or the last words of one that ended to be read. */
const LAST_TIMEOUT_MS = 1_000;

/** A worker that is a process of its own: whatever its native code does, nobody else dies of it. */
export class WorkerProcess implements WorkerPort {
  readonly #options: WorkerProcessOptions;
  readonly #events: PortEvents;
  readonly #child: ChildProcess | undefined;
  readonly #pipe: FramePipe | undefined;
  #isRunning = true;
  #isPipeOpen = true;
  #how = 'The system started no process.';
  #failure: unknown;
  #lastTimer: NodeJS.Timeout | undefined;
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
    const made = child?.stdio?.[OWNER_PIPE_FD] as Socket | null | undefined;
    child?.on('error', (error) => this.#cutOff(error));
    if (!made || child?.pid === undefined) {
      made?.destroy();
      this.#isRunning = false;
      setImmediate(() => events.onGone(this.#failure ?? this.#how));
      return;
    }
    child.once('exit', (exitCode, signal) => {
      this.#how = signal ? `It was ended by ${signal}.` : `It left with exit code ${exitCode}.`;
      this.#isRunning = false;
      this.#noteEnd();
    });
    this.#pipe = new FramePipe((onPiece) => socketOfChild(made, onPiece), {
      onMessage: (message) => this.#receive(message as ProcessMessageToOwner), // the worker sends no other
      onFault: (error) => this.#cutOff(error),
      onClosed: () => {
        this.#isPipeOpen = false;
        this.#noteEnd();
      },
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
    this.#pipe?.hold(isHeld);
    if (isHeld) this.#child?.ref();
    else this.#child?.unref();
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

  /**
   * A process is gone when its end is known and its last words are read: a finished task is not done again. One comes
   * soon after the other, or is not waited for.
   */
  #noteEnd(): void {
    if (this.#isRunning || this.#isPipeOpen) {
      this.#lastTimer = setTimeout(() => {
        this.#cutOff('It closed its pipe.');
        this.#pipe?.close();
      }, LAST_TIMEOUT_MS);
      return;
    }
    clearTimeout(this.#lastTimer);
    this.#events.onGone(this.#failure ?? this.#how);
  }

  #cutOff(cause: unknown): void {
    if (!this.#isRunning) return;
    this.#failure ??= cause;
    this.#child?.kill('SIGKILL');
  }
}
