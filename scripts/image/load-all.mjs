// node scripts/image/load-all.mjs APP: loads every package that the code of an assembled application names, also what it
// would load on demand only, so that what is missing is found when the image is built.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

/** What a module imports by the name of a package. */
const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire(?:\.resolve)?\(\s*)'([@a-z][\w@/.-]*)'/g;
/** Is there for browsers. */
const NOT_FOR_NODE = /^dist\/web\//;
const LOAD = `import { createRequire } from 'node:module';
const { resolve } = createRequire(process.cwd() + '/');
for (const name of JSON.parse(process.argv[1])) await (name.endsWith('.wasm') ? resolve(name) : import(name));`;

const [app] = process.argv.slice(2);
const packages = join(app, 'packages');
let failed = 0;
for (const name of readdirSync(packages)) {
  const folder = join(packages, name);
  const modules = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.js') && path.startsWith('dist/') && !NOT_FOR_NODE.test(path));
  const named = modules.flatMap((path) =>
    [...readFileSync(join(folder, path), 'utf8').matchAll(IMPORTS)].map(([, module]) => module),
  );
  const wanted = [...new Set(named)].filter((module) => !isBuiltin(module));
  const node = ['--input-type=module', '--eval', LOAD, JSON.stringify(wanted)];
  const { status, stderr } = spawnSync(process.execPath, node, { cwd: folder, encoding: 'utf8' });
  if (status === 0) continue;
  failed += 1;
  console.error(`packages/${name}: ${/^\w*Error.*$/m.exec(stderr)?.[0] ?? stderr}`);
}
process.exitCode = failed === 0 ? 0 : 1;
