import { type ChildProcess, spawn } from 'node:child_process';

/**
 * What npm sets for the script that it runs is not meant for another npm in another folder; settings of the
 * person (a registry, a proxy) are.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** Starts npm in a folder, in a process group of its own, which ends as one. */
export function spawnNpm(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly output: 'ignore' | 'stderr';
  },
): ChildProcess {
  const cli = process.env['npm_execpath'];
  const [command, all] = cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
  const output = options.output === 'stderr' ? 2 : 'ignore';
  return spawn(command, all, {
    cwd: options.cwd,
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['ignore', output, output],
    detached: true,
  });
}

/** Resolves with the exit code, or null when a signal ended the process or it never started. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code));
  });
}

/** Ends a process and all that it started, at once after the grace time. */
export async function endGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const ended = exitOf(child);
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
  // npm may be gone before what it started.
  signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}
