// Brings an embedded model's card up to date with its file after an export: bytes, SHA-256, and the version, whose
// part after `+` is the start of the hash; then writes its reference answers anew.
//   npm run models:card [-- ID [--version X.Y.Z]]
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeReference } from './model-reference.mjs';
import { prepare } from './prepare.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string' } },
});
const id = positionals[0] ?? 'diorama-s';
const folder = new URL('../packages/runtime/models/', import.meta.url);
const cardUrl = new URL(`embedded/${id}.card.json`, folder);

const text = await readFile(cardUrl, 'utf8');
const card = JSON.parse(text);
const bytes = await readFile(new URL(card.sources[0].path, folder));
const sha256 = createHash('sha256').update(bytes).digest('hex');
const version = `${(values.version ?? card.version).split('+')[0]}+${sha256.slice(0, 8)}`;

// Replaced in the text, so that a person's layout of the card stays.
const updated = text
  .replace(/"version": "[^"]*"/, `"version": "${version}"`)
  .replace(/"bytes": \d+/, `"bytes": ${bytes.byteLength}`)
  .replace(/"sha256": "[0-9a-f]*"/, `"sha256": "${sha256}"`);
await writeFile(cardUrl, updated);
console.log(`${id} ${version}: ${bytes.byteLength} bytes, sha256 ${sha256}`);

prepare();
await writeReference(id);
