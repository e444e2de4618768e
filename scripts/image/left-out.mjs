// What the image does without, although packages bring or name it. Everything that is listed here was tried without:
// `npm run image` runs the conformance on what is left.

/** Edges of the dependency graph that nothing in the image goes along. */
const EDGES = {
  // For browsers; pages bring it along by themselves.
  '@diorama/runtime': ['onnxruntime-web'],
  // Fetches libraries for CUDA when the image is built, and is never loaded after.
  'onnxruntime-node': ['adm-zip', 'global-agent'],
};

/** Packages that Node never loads: types, and what belongs to another runtime of JavaScript. */
const PACKAGES = [/^@types\//, /^bare-/, /^undici-types$/];

/** Folders that packages publish at their top, and nobody runs. */
const TOP_FOLDERS =
  /^(?:\.github|bench(?:marks?)?|coverage|docs?|examples?|man|test|tests|__tests__)(?:\/|$)/i;

/** What compilers and debuggers read. */
const COMPILER_FILES = /\.(?:map|ts|mts|cts|flow)$|(?:^|\/)\.[^/]+$/;
/** What people read, or run to make the package. */
const SOURCE_FILES = /\.(?:md|markdown|ya?ml|html)$|(?:^|\/)Makefile$/i;

/** What stays whatever else is said: licences ask for it. */
const LICENCE = /(?:^|\/)(?:licen[cs]e|notice|copying|copyright|third[-_ ]?party)[^/]*$/i;
const README = /^readme(?:\.md)?$/i;

/** Of large packages, the part that runs in Node. */
const PARTS = {
  'libheif-js': /^libheif-wasm\/libheif\.(?:js|wasm)$/,
  'onnxruntime-common': /^dist\/cjs\//,
  sharp: /^(?:dist|lib)\//,
  'web-streams-polyfill': /^dist\/ponyfill\.es2018\.js$/,
};

/** Each of them is there three times, for bundlers too. */
const OPENTELEMETRY_COPIES = /^build\/(?:esm|esnext)\//;

/** Comes with the libraries for CUDA, and wants TensorRT, which nothing here asks for. */
const TENSORRT = /_tensorrt\.so$/;

/** What a package of the repository is made of once it is built. */
const OWN_PARTS = /^(?:dist|models|page)\//;

/**
 * Whether a package goes along for one that depends on it.
 * @param {string} dependent @param {string} name
 */
export function goesAlong(dependent, name) {
  return !EDGES[dependent]?.includes(name) && !PACKAGES.some((pattern) => pattern.test(name));
}

/**
 * Whether a file of a package belongs in the image; `path` is relative to the package.
 * @param {{ name: string, isOwn: boolean, hasLicenceFile: boolean, platform: string, arch: string }} owner
 * @param {string} path
 */
export function belongs({ name, isOwn, hasLicenceFile, platform, arch }, path) {
  if (path === 'package.json' || isLicence(path)) return true;
  // Then the terms stand in there.
  if (README.test(path)) return !hasLicenceFile && !isOwn;
  if (COMPILER_FILES.test(path)) return false;
  if (isOwn) return OWN_PARTS.test(path);
  if (SOURCE_FILES.test(path) || TOP_FOLDERS.test(path)) return false;
  if (name === 'onnxruntime-node') {
    const isForHere = path.startsWith(`bin/napi-v6/${platform}/${arch}/`);
    return path.startsWith('dist/') || (isForHere && !TENSORRT.test(path));
  }
  if (name.startsWith('@opentelemetry/')) return !OPENTELEMETRY_COPIES.test(path);
  return PARTS[name]?.test(path) ?? true;
}

/** @param {string} path */
export function isLicence(path) {
  return LICENCE.test(path);
}
