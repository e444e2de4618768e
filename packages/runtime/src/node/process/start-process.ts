import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.ts';

export interface ProcessOptions {
  readonly workerUrl: URL;
  readonly name: string;
  /** How far it stands back behind its owner when both want a processor: 0 (not at all) to 19. */
  readonly niceness: number;
}

const PROCESS_MAIN = fileURLToPath(new URL('./process-main.js', import.meta.url));

/** Starts a worker module as a process with a pipe to this one. Throws, or gives one without a pid, when it cannot. */
export function startProcess({ workerUrl, name, niceness }: ProcessOptions): ChildProcess {
  // Flags of the owner (a debugger's port, a loader, a test runner's) are not for its workers.
  const child = spawn(process.execPath, [PROCESS_MAIN, workerUrl.href, name], {
    // biome-ignore lint/style/noProcessEnv: no setting is read here, but what the system told the owner is passed on
    env: childEnvironment(process.env),
    // What a native library prints belongs to nobody's log. What a worker has to say comes over its pipe.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  // At once: on Linux it counts for each thread alone, and threads begin with what their maker has.
  if (child.pid !== undefined && niceness > 0) {
    try {
      setPriority(child.pid, niceness);
    } catch {
      // It ended already, or the system does not let anyone; neither is worth a refusal.
    }
  }
  return child;
}
