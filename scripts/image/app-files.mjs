// node scripts/image/app-files.mjs FROM TO: copies what the command needs to run, and nothing else, from a built
// checkout into a folder. It goes along dependencies from packages/cli, so a package that is not needed needs no rule.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { belongs, goesAlong, isLicence } from './left-out.mjs';

const START = 'packages/cli';
const MODULES = 'node_modules';
const USAGE_EXIT_CODE = 64;

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined || existsSync(to)) {
  console.error('Usage: app-files.mjs FROM TO, where TO is not there yet');
  process.exit(USAGE_EXIT_CODE);
}
const root = realpathSync(from);

/** Where Node finds a package from inside another one. */
function folderOf(name, dependentFolder) {
  for (let folder = dependentFolder; ; folder = dirname(folder)) {
    const place = join(folder, MODULES, name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === root) return undefined;
  }
}

/** Every package that the command can load, by its real folder, and the links that lead to those of the repository. */
function packagesFrom(start) {
  const packages = new Map();
  const links = new Set();
  const visit = (folder) => {
    if (packages.has(folder)) return;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    packages.set(folder, manifest);
    const { name, dependencies, optionalDependencies, peerDependencies } = manifest;
    for (const wanted of Object.keys({
      ...peerDependencies,
      ...optionalDependencies,
      ...dependencies,
    })) {
      if (!goesAlong(name, wanted)) continue;
      const place = folderOf(wanted, folder);
      const isOptional = peerDependencies?.[wanted] ?? optionalDependencies?.[wanted];
      if (place !== undefined) {
        const real = realpathSync(place);
        if (real !== place) links.add(place);
        visit(real);
      } else if (!isOptional) {
        throw new Error(`${name} needs ${wanted}, which is not installed`);
      }
    }
  };
  visit(join(root, start));
  return { packages, links };
}

function filesOf(folder) {
  const paths = [];
  const visit = (inside) => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      // Packages inside a package are looked at for themselves.
      if (entry.name === MODULES) continue;
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) paths.push(path);
    }
  };
  visit('');
  return paths;
}

const { packages, links } = packagesFrom(START);
for (const [folder, { name }] of packages) {
  const paths = filesOf(folder);
  const owner = {
    name,
    isOwn: !folder.includes(`${sep}${MODULES}${sep}`),
    hasLicenceFile: paths.some((path) => isLicence(path)),
    platform: process.platform,
    arch: process.arch,
  };
  for (const path of paths) {
    if (!belongs(owner, path)) continue;
    const target = join(to, relative(root, folder), path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(folder, path), target);
  }
}
for (const place of links) {
  const link = join(to, relative(root, place));
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(place), realpathSync(place)), link);
}
cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
