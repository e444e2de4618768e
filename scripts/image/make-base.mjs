// A base for machines that reach no registry: Debian's smallest system by debootstrap, cut as Debian's own slim images
// are, and Node and npm of this machine. It is for trying the image; what is deployed wants a base with security updates.
import { cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SUITE = 'bookworm';
export const DEBIAN_IMAGE = 'localhost/diorama-debian';
export const NODE_IMAGE = 'localhost/diorama-node';

/** Nobody reads them in a container. Copyright files stay. */
const NOT_IN_SLIM = [
  'usr/share/doc/*/!(copyright)',
  'usr/share/{man,info,locale,lintian,groff,linda}/*',
  'var/cache/{apt,debconf}/*',
  'var/lib/apt/lists/*',
  'var/log/*',
];

const NODE_FILE = `FROM ${DEBIAN_IMAGE}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
`;

/** Makes both images, and answers nothing: they are known by their names. */
export async function makeBase({ folder, run, buildah }, epochSeconds) {
  const npmFolder = join((await run('npm', ['root', '--global'])).trim(), 'npm');
  const system = join(folder, 'debian');
  await run('debootstrap', ['--variant=minbase', SUITE, system]);
  const globs = NOT_IN_SLIM.map((glob) => `${system}/${glob}`).join(' ');
  await run('bash', ['-O', 'extglob', '-O', 'nullglob', '-c', `rm -rf ${globs}`]);

  const context = join(folder, 'base');
  mkdirSync(context);
  const archive = ['--sort=name', '--numeric-owner', `--mtime=@${epochSeconds}`];
  await run('tar', [...archive, '-C', system, '-cf', join(context, 'debian.tar'), '.']);
  rmSync(system, { recursive: true });
  const bud = (name, text) => {
    writeFileSync(join(context, 'Dockerfile'), text);
    const stamp = ['--timestamp', String(epochSeconds)];
    return buildah('bud', '--isolation', 'chroot', '--pull=never', ...stamp, '-t', name, context);
  };
  await bud(DEBIAN_IMAGE, 'FROM scratch\nADD debian.tar /\nCMD ["bash"]\n');
  rmSync(join(context, 'debian.tar'));
  cpSync(realpathSync(process.execPath), join(context, 'node'));
  cpSync(npmFolder, join(context, 'npm'), { recursive: true });
  await bud(NODE_IMAGE, NODE_FILE);
  rmSync(context, { recursive: true });
}
