// npm run docs:openapi: writes docs/openapi.json anew from the schemas of packages/contract.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

prepare();
const { buildOpenApi } = await import('../packages/contract/dist/openapi/index.js');
const file = join(ROOT, 'docs', 'openapi.json');
writeFileSync(file, JSON.stringify(buildOpenApi()));
const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const { status } = spawnSync(process.execPath, [biome, 'format', '--write', file], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.exitCode = status ?? 1;
