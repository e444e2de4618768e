// A folder for everything that an image is made of, which goes away with whoever made it, however that ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Large, and on a disk: /tmp is memory on some machines. */
const PARENT = '/var/tmp';
const KEPT_OUTPUT_CHARACTERS = 4000;
/** What is killed may still be writing. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };

/** Processes and mounts of a command are in namespaces of their own, so that all of them end with the first. */
const CONFINED = ['--mount', '--propagation', 'private', '--pid', '--mount-proc'];
const ENDING_TOGETHER = ['--fork', '--kill-child'];

/** Opens a folder and answers how commands are run that put things there. */
export function openWorkplace() {
  const folder = mkdtempSync(join(PARENT, 'diorama-image-'));
  const running = new Set();
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, REMOVAL);
  });
  // Temporary files of commands come here, too.
  const env = { ...process.env, TMPDIR: folder };

  /** Runs a command to its end and answers what it printed; where it fails, the error says the last of it. */
  function run(command, args, { cwd } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn('unshare', [...CONFINED, ...ENDING_TOGETHER, '--', command, ...args], {
        env,
        cwd,
        // What a terminal sends to its whole group is for us to act on.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.add(child);
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (piece) => {
        said.stdout += piece;
      });
      child.stderr.on('data', (piece) => {
        said.stderr = (said.stderr + piece).slice(-KEPT_OUTPUT_CHARACTERS);
      });
      child.on('error', reject);
      child.on('close', (status) => {
        running.delete(child);
        if (status === 0) return resolve(said.stdout);
        const output = `${said.stdout.slice(-KEPT_OUTPUT_CHARACTERS)}${said.stderr}`.trim();
        reject(new Error(`${command} ${args[0] ?? ''} failed (${status}).\n${output}`));
      });
    });
  }

  // Neither overlays nor user namespaces are to be had on every machine; plain folders are.
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'run')];
  return {
    folder,
    run,
    buildah: (command, ...args) =>
      run('buildah', [...storage, '--storage-driver', 'vfs', command, ...args]),
  };
}
