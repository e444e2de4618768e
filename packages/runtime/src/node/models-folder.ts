import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';

/** Settings from outside, as far as a caller takes them. */
type Settings = Readonly<Record<string, string | undefined>>;

/** The description of a stored model. A model is there when this file is. */
export const STORED_CARD_FILE = 'card.json';

/** How every name begins that is not finished, or that only keeps order among processes. */
export const PART_START = '.part-';

/**
 * Where pulled models lie: `DIORAMA_MODELS` when it is set, else the system's place for a person's data. Without
 * settings only the person's home folder decides.
 */
export function defaultModelsFolder(settings: Settings = {}): string {
  const chosen = settings['DIORAMA_MODELS'];
  return chosen ? resolve(chosen) : join(dataFolder(settings), 'diorama', 'models');
}

function dataFolder(settings: Settings): string {
  const home = homedir();
  if (platform() === 'win32') {
    return settings['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  }
  if (platform() === 'darwin') return join(home, 'Library', 'Application Support');
  const data = settings['XDG_DATA_HOME'];
  // The specification has relative paths ignored.
  return data?.startsWith('/') ? data : join(home, '.local', 'share');
}

/** The name of a model's file, inside the model's folder. */
export function modelFileName(sha256: string): string {
  return `${sha256}.onnx`;
}
