import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const IMAGE = 'localhost/diorama';

/** What the build may know and the image must not: npm's settings and certificates of a proxy, where there are any. */
function secretsOf(env) {
  const files = { npmrc: join(homedir(), '.npmrc'), certificates: env.NODE_EXTRA_CA_CERTS };
  return Object.entries(files).flatMap(([id, path]) =>
    path && existsSync(path) ? ['--secret', `id=${id},src=${path}`] : [],
  );
}

/** Builds one of the files of deploy/, with settings for its arguments; those that are not set keep their default. */
export async function buildImage({ run, buildah }, { root, file, settings, epochSeconds }) {
  // What was fetched before is not fetched again.
  const cache = (await run('npm', ['config', 'get', 'cache'])).trim();
  const said = Object.entries(settings).filter(([, value]) => value !== undefined);
  await buildah(
    'bud',
    ...['--isolation', 'chroot', '--pull=false'],
    // The other format has no place for HEALTHCHECK.
    ...['--format', 'docker', '--timestamp', String(epochSeconds)],
    ...['--volume', `${cache}:/root/.npm`],
    ...secretsOf(process.env),
    ...said.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...['--file', join(root, 'deploy', file), '--tag', IMAGE, root],
  );
}
