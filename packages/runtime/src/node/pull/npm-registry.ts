import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { timeoutSignal } from '../../shared/timeout-signal.ts';
import { unavailable } from './pull-trouble.ts';

const LIMIT_MS = 60_000;
const MOST_CHARACTERS = 100_000;

/**
 * The registry that npm would take a package from: the one of its scope, else the one for all.
 * @throws DioramaError `SOURCE_UNAVAILABLE` when npm is not here or does not say; or the signal's reason.
 */
export async function npmRegistry(packageName: string, signal: AbortSignal): Promise<string> {
  const scope = /^(@[^/]+)\//.exec(packageName)?.[1];
  if (scope) {
    const own = await npmConfig(`${scope}:registry`, signal);
    if (own !== 'undefined' && own !== '') return own;
  }
  return npmConfig('registry', signal);
}

function npmConfig(key: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['config', 'get', key], {
      stdio: ['ignore', 'pipe', 'ignore'],
      // npm is a script there, which only a shell can start. The key comes from a card whose form is checked.
      shell: platform() === 'win32',
      signal: AbortSignal.any([signal, timeoutSignal(LIMIT_MS)]),
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (text.length < MOST_CHARACTERS) text += piece;
    });
    child.on('error', (error) => {
      if (signal.aborted) reject(signal.reason);
      else reject(unavailable('npm, which knows the registry, cannot be asked for it', error));
    });
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve(text.trim());
      else reject(unavailable('npm, which knows the registry, did not name it'));
    });
  });
}
