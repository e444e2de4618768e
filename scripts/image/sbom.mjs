// The bill of materials of an image, as CycloneDX: npm's own of what is in it, Debian's packages, Node, the libraries
// that came inside packages, and the weights.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODELS = 'app/packages/runtime/models';
/** Each part begins with a package, its version and its terms; apps/studio/build/licences.ts writes it. */
const STUDIO_LICENCES = 'app/apps/studio/dist/licences.txt';
const STUDIO_PACKAGE = /^(\S+) (\d+\.\d+\.\d\S*) \(/;
const LIBVIPS = 'app/node_modules/@img/sharp-libvips-linux-x64/versions.json';

/** `name@version` of every package below a folder of an image. */
function packagesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = join(folder, entry.name);
    if (!entry.isDirectory()) return [];
    if (entry.name.startsWith('@')) return packagesBelow(place);
    const manifest = join(place, 'package.json');
    const inside = packagesBelow(join(place, 'node_modules'));
    if (!existsSync(manifest)) return inside;
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return [`${name}@${version}`, ...inside];
  });
}

/** `name@version` of every package whose code is in the studio, where that is in the image. */
function packagesInStudio(root) {
  const file = join(root, STUDIO_LICENCES);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split(/\n-{80}\n/)
    .flatMap((part) => {
      const [, name, version] = STUDIO_PACKAGE.exec(part.trim()) ?? [];
      return name === undefined ? [] : [`${name}@${version}`];
    });
}

function npmComponents(root, npmSbom) {
  const app = join(root, 'app');
  const here = new Set([
    ...packagesBelow(join(app, 'node_modules')),
    ...packagesBelow(join(app, 'packages')),
    ...packagesBelow(join(app, 'apps')),
    ...packagesInStudio(root),
  ]);
  // npm names a workspace after its folder, but refers to it by its name.
  const components = npmSbom.components
    .filter((it) => here.has(it['bom-ref']))
    .map((it) => ({ ...it, name: it['bom-ref'].slice(0, it['bom-ref'].lastIndexOf('@')) }));
  const known = new Set(components.map((it) => it['bom-ref']));
  const unknown = [...here].filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new Error(`In the image, but not known to npm: ${unknown.join(', ')}`);
  return components;
}

/** From dpkg's own list, in the words of package URLs. */
function debianComponents(root) {
  const release = fieldsOf(readFileSync(join(root, 'etc/os-release'), 'utf8'), '=');
  const distribution = release.ID.replaceAll('"', '');
  const version = release.VERSION_ID.replaceAll('"', '');
  const list = readFileSync(join(root, 'var/lib/dpkg/status'), 'utf8').trim().split('\n\n');
  return list
    .map((entry) => fieldsOf(entry, ': '))
    .filter(({ Status }) => Status === 'install ok installed')
    .map(({ Package, Version, Architecture }) => {
      const where = `arch=${Architecture}&distro=${distribution}-${version}`;
      const purl = `pkg:deb/${distribution}/${encodeURIComponent(Package)}@${encodeURIComponent(Version)}?${where}`;
      return { 'bom-ref': purl, type: 'library', name: Package, version: Version, purl };
    });
}

function fieldsOf(text, separator) {
  const lines = text.split('\n').filter((line) => /^\w/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(separator);
      return [line.slice(0, at), line.slice(at + separator.length)];
    }),
  );
}

function nodeComponent(root, nodeVersion) {
  return {
    'bom-ref': `node@${nodeVersion}`,
    type: 'platform',
    name: 'node',
    version: nodeVersion,
    purl: `pkg:generic/node@${nodeVersion}`,
    cpe: `cpe:2.3:a:nodejs:node.js:${nodeVersion}:*:*:*:*:*:*:*`,
    hashes: [{ alg: 'SHA-256', content: sha256Of(join(root, 'usr/local/bin/node')) }],
    licenses: [{ license: { id: 'MIT' } }],
  };
}

/** What libvips was built of is in no list of packages, and reads pictures from strangers. */
function libvipsComponents(root) {
  const file = join(root, LIBVIPS);
  if (!existsSync(file)) return [];
  return Object.entries(JSON.parse(readFileSync(file, 'utf8'))).map(([name, version]) => ({
    'bom-ref': `libvips/${name}@${version}`,
    type: 'library',
    name,
    version,
    purl: `pkg:generic/${name}@${version}`,
  }));
}

function modelComponents(root) {
  const folder = join(root, MODELS, 'embedded');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.card.json'))
    .map((file) => {
      const { id, version, licence, sha256 } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const found = sha256Of(join(folder, `${id}.onnx`));
      if (found !== sha256) throw new Error(`The weights of ${id} are not those of its card.`);
      return {
        'bom-ref': `${id}@${version}`,
        type: 'machine-learning-model',
        name: id,
        version,
        hashes: [{ alg: 'SHA-256', content: sha256 }],
        licenses: [{ license: { id: licence.spdx } }],
      };
    });
}

function sha256Of(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The same contents have the same number. */
function serialNumberOf(components) {
  const hash = createHash('sha256').update(JSON.stringify(components)).digest('hex');
  const [, ...parts] = /^(.{8})(.{4})(.{3})(.{3})(.{12})/.exec(hash);
  return `urn:uuid:${parts[0]}-${parts[1]}-8${parts[2]}-8${parts[3]}-${parts[4]}`;
}

/**
 * The document, of the folder that an image is mounted at and of `npm sbom`'s.
 * @param {{ root: string, npmSbom: object, nodeVersion: string, epochSeconds: number }} image
 */
export function buildSbom({ root, npmSbom, nodeVersion, epochSeconds }) {
  const components = [
    ...npmComponents(root, npmSbom),
    nodeComponent(root, nodeVersion),
    ...libvipsComponents(root),
    ...modelComponents(root),
    ...debianComponents(root),
  ];
  const refs = new Set(components.map((it) => it['bom-ref']));
  const { component } = npmSbom.metadata;
  return {
    ...npmSbom,
    serialNumber: serialNumberOf(components),
    metadata: {
      ...npmSbom.metadata,
      timestamp: new Date(epochSeconds * 1000).toISOString(),
      component: { ...component, type: 'container', name: 'diorama' },
    },
    components,
    dependencies: npmSbom.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === component['bom-ref'])
      .map((it) => ({ ...it, dependsOn: it.dependsOn?.filter((ref) => refs.has(ref)) })),
  };
}
