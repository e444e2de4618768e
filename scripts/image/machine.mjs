import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const ALWAYS = ['buildah', 'unshare', 'nsenter', 'setpriv', 'npm'];
const FOR_A_BASE = ['debootstrap', 'tar', 'bash'];
/** Debian's name of the package, where it is another. */
const PACKAGES = { unshare: 'util-linux', nsenter: 'util-linux', setpriv: 'util-linux' };

function isThere(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Why no image can be built and run on this machine, in one line; nothing where one can. */
export function whyNoImage({ makesBase }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'Images are built and tried on Linux on x86-64.';
  }
  if (process.getuid() !== 0) return 'Images are built and tried as root.';
  const missing = [...ALWAYS, ...(makesBase ? FOR_A_BASE : [])].filter((it) => !isThere(it));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((it) => PACKAGES[it] ?? it))];
  return `Not on this machine: ${missing.join(', ')}. On Debian: apt-get install ${packages.join(' ')}`;
}
