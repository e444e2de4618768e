// Runs an image as a strict platform does: a process tree of its own, nothing of the file system writable (not even
// /tmp), an account without a name or rights. Made of namespaces directly, since no container runtime runs everywhere
// that buildah builds; the mounts belong to the namespace and go with it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How long the container may take to begin, ms. */
const BEGIN_MS = 5000;
const POLL_MS = 2;
const DEVICES = 'null zero full random urandom';

/** $1 root, $2 working folder, $3 account, $4 group, then the command. */
const ENTER = `set -e
root=$1 folder=$2 user=$3 group=$4; shift 4
mount --bind -o ro "$root" "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o size=64k,mode=755 dev "$root/dev"
for device in ${DEVICES}; do
  touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,ro "$root/dev"
exec setpriv --no-new-privs unshare --root "$root" --wd "$folder" --setgid "$group" --setuid "$user" -- "$@"`;

/** What an image says of how it is run. */
export async function openImage({ buildah }, name) {
  const { Docker } = JSON.parse(await buildah('inspect', '--type', 'image', name));
  const container = (await buildah('from', '--pull=never', name)).trim();
  const root = (await buildah('mount', container)).trim();
  return { root, config: Docker.config };
}

/**
 * Starts the container; `settings` are environment variables beside those of the image. Its network is that of this
 * machine.
 */
export async function startContainer({ root, config }, { settings, command = config.Cmd }) {
  const [user, group] = config.User.split(':');
  const env = {
    ...Object.fromEntries(config.Env.map((line) => line.split(/=(.*)/s))),
    ...settings,
  };
  const namespaces = ['--mount', '--pid', '--ipc', '--uts', '--fork'];
  const shell = ['sh', '-c', ENTER, 'sh', root, config.WorkingDir, user, group];
  const outer = spawn(
    'unshare',
    [...namespaces, '--propagation', 'private', ...shell, ...config.Entrypoint, ...command],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const container = { user, group, env, output: '', exitCode: undefined, first: undefined };
  for (const stream of [outer.stdout, outer.stderr]) {
    stream.on('data', (piece) => (container.output += piece));
  }
  const ended = new Promise((resolve) => outer.on('close', resolve)).then((code) => {
    container.exitCode = code;
    return code;
  });
  for (const until = Date.now() + BEGIN_MS; container.first === undefined; ) {
    container.first = firstProcess(outer.pid);
    if (Date.now() > until || container.exitCode !== undefined) {
      throw new Error(`The container did not start.\n${container.output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  // Whatever ends this process ends the container: every process in it ends with its first.
  process.on('exit', () => signalTo(container, 'SIGKILL'));
  return Object.assign(container, { ended });
}

/** Signals the first process of a container, if it still runs. */
export function signalTo({ first, exitCode }, signal) {
  if (exitCode === undefined) process.kill(Number(first), signal);
}

/** The process that the container sees as number 1, by its number here. */
function firstProcess(outer) {
  const [first] = childrenOf(outer);
  return first;
}

/** Numbers of the processes that a process started. */
export function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return []; // it ended
  }
}

/** Runs one more command inside, as `docker exec` does, and answers its exit code. */
export function runInside(container, [command, ...args]) {
  const { first, user, group, env } = container;
  const place = ['--mount', '--pid', '--ipc', '--uts', '--root', '--wd'];
  const account = ['--setgid', group, '--setuid', user];
  const child = spawn(
    'nsenter',
    ['--target', first, ...place, ...account, '--', command, ...args],
    { env, stdio: 'ignore' },
  );
  return new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
}
