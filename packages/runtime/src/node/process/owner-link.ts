import { traceOf } from '../../shared/error-wire.ts';
import { type OwnerPort, serveTasks, type WorkerHandlers } from '../../shared/serve-tasks.ts';
import { FramePipe } from './frame-pipe.ts';
import { type OnPiece, socketOfDescriptor } from './pipe-socket.ts';
import {
  OWNER_PIPE_FD,
  type ProcessMessageToOwner,
  type ProcessMessageToWorker,
  type ProcessStart,
} from './process-messages.ts';

/** How long the last words of a process that failed may take to be read. */
const LAST_WORDS_MS = 500;

/**
 * Ends this process without a further instruction: native libraries that are taken down in the middle of their work can
 * abort instead, and a core file would hold pixels.
 */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** This process's end of the pipe to the owner that started it. */
export class OwnerLink {
  readonly #pipe: FramePipe;
  readonly #started: Promise<ProcessStart>;
  #receive: (message: ProcessMessageToWorker) => void = () => undefined;

  constructor() {
    this.#started = new Promise((resolve) => {
      this.#receive = (message) => {
        if (message.kind === 'start') resolve(message);
        else if (message.kind === 'leave') die();
      };
    });
    // An owner that was killed says nothing more, but the system closes its pipes.
    const open = (onPiece: OnPiece) =>
      socketOfDescriptor(OWNER_PIPE_FD, onPiece).once('end', die).resume();
    this.#pipe = new FramePipe(open, {
      onMessage: (message) => this.#receive(message as ProcessMessageToWorker), // the owner sends no other
      onFault: die,
      onClosed: die,
    });
  }

  /** Does the owner's tasks from now on. */
  async serve<Request, Response>(handlers: WorkerHandlers<Request, Response>): Promise<void> {
    const { data } = await this.#started;
    const port: OwnerPort = {
      post: (message) => this.#say(message),
      listen: (onMessage) => {
        this.#receive = (message) => {
          if (message.kind !== 'start') onMessage(message);
        };
      },
      // Without shared memory a worker learns of it by message alone.
      isGivenUp: () => false,
      noteSettled: () => undefined,
      quit: die,
    };
    serveTasks(port, data, handlers);
  }

  /** Tells the owner what was thrown outside of any task, and ends this process. */
  fail(error: unknown): void {
    setTimeout(die, LAST_WORDS_MS);
    this.#say({ kind: 'fault', trace: traceOf(error) }, die);
  }

  #say(message: ProcessMessageToOwner, onSent?: () => void): void {
    this.#pipe.send(message, onSent);
  }
}

let joined: OwnerLink | undefined;

/** The owner of this process, where it is the worker of a pool. */
export function ownerOfProcess(): OwnerLink | undefined {
  return joined;
}

/** Makes this process the worker that its owner knows under that name. Call it once, before anything else. */
export function joinOwner(name: string): OwnerLink {
  process.title = `diorama ${name}`;
  // A terminal's Ctrl-C and a supervisor's signal reach the whole group. The owner decides: it finishes open work first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => undefined);
  const owner = new OwnerLink();
  process.once('uncaughtException', (error) => {
    process.on('uncaughtException', die);
    owner.fail(error);
  });
  joined = owner;
  return owner;
}
