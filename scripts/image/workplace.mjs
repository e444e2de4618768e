// A folder for everything that an image is made of, which goes away with whoever made it, however that ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Large, and on a disk: /tmp is memory on some machines. */
const PARENT = '/var/tmp';
const KEPT_OUTPUT_CHARACTERS = 4000;

/** A command that did not end well; the message holds the last that it said. */
class CommandFailed extends Error {}

/** @param {AbortSignal} signal ends every command that still runs */
export function openWorkplace(signal) {
  const folder = mkdtempSync(join(PARENT, 'diorama-image-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')];
  // Temporary files of commands come here, too.
  const env = { ...process.env, TMPDIR: folder };

  /** Runs a command to its end and answers what it printed. */
  function run(command, args, { input, cwd } = {}) {
    return new Promise((resolve, reject) => {
      // A process group of its own, so that what it started ends with it.
      const child = spawn(command, args, { env, cwd, detached: true });
      const stop = () => process.kill(-child.pid, 'SIGKILL');
      signal.addEventListener('abort', stop);
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (piece) => (said.stdout += piece));
      child.stderr.on('data', (piece) => {
        said.stderr = (said.stderr + piece).slice(-KEPT_OUTPUT_CHARACTERS);
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.on('error', reject);
      child.on('close', (status) => {
        signal.removeEventListener('abort', stop);
        if (status === 0) return resolve(said.stdout);
        const output = `${said.stdout.slice(-KEPT_OUTPUT_CHARACTERS)}${said.stderr}`.trim();
        reject(new CommandFailed(`${command} ${args[0] ?? ''} failed (${status}).\n${output}`));
      });
    });
  }

  return {
    folder,
    run,
    /** Neither overlays nor user namespaces are to be had on every machine; these two are. */
    buildah: (command, ...args) =>
      run('buildah', [...storage, '--storage-driver', 'vfs', command, ...args]),
  };
}
