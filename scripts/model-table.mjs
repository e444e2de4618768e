// Writes the table of docs/models.md anew, between its two marker comments, of the models' cards and of what was
// measured.
//   npm run models:table                          after a card has changed
//   npm run models:table -- figures.json          after `npm run bench -- model- --json figures.json`, on the same machine
//   node scripts/model-table.mjs --check          says whether the table is as it should be
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

const PAGE = new URL('../docs/models.md', import.meta.url);
const MEASURED = new URL('../bench/measured/models.json', import.meta.url);
const MODELS = new URL('../packages/runtime/models/', import.meta.url);
const GRAPHS = new URL('../fixtures/models/', import.meta.url);
const START = '<!-- models:table -->';
const END = '<!-- /models:table -->';
const STALE_EXIT_CODE = 1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' } },
});
// The folder where the person stands, not the one that npm goes to.
process.chdir(process.env.INIT_CWD ?? process.cwd());

async function readJson(url) {
  return JSON.parse(await readFile(url, 'utf8'));
}

async function readCards(folder) {
  const url = new URL(`${folder}/`, MODELS);
  const names = (await readdir(url)).filter((name) => name.endsWith('.card.json')).sort();
  return Promise.all(names.map((name) => readJson(new URL(name, url))));
}

/** Keeps what a run of the bench says of models. What the run left out stays as it was. */
async function keepFigures(file) {
  const measured = await readJson(MEASURED);
  for (const { id, value } of await readJson(file)) {
    const [, model, unit] = /^model-(.+)-(ms|peak-mb)$/.exec(id) ?? [];
    if (model === undefined || value === null) continue;
    const key = unit === 'ms' ? 'ms' : 'peakMb';
    measured.models[model] = { ...measured.models[model], [key]: Math.round(value) };
  }
  measured.date = new Date().toISOString().slice(0, 10);
  const processor = cpus()[0]?.model.replace(/\s+/g, ' ').trim();
  measured.machine = `${availableParallelism()} cores of an ${processor}, Node ${process.versions.node}`;
  await writeFile(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
}

function answersOf({ tasks, outputs }) {
  const isMetric = outputs.some(({ meaning }) => meaning === 'depth-metres');
  return tasks.map((task) => (task === 'depth' && isMetric ? 'depth in metres' : task)).join(', ');
}

function plainLicence({ spdx, commercialUse, copyleft }) {
  if (spdx === 'LicenseRef-unstated') return 'none stated: not commercial';
  const name = spdx.replace(/^LicenseRef-/, '');
  if (!commercialUse) return `not commercial (${name})`;
  return copyleft ? `commercial too, under its own terms (${name})` : `any use (${name})`;
}

function licencesOf({ licence, sources }) {
  const others = sources.filter((source) => source.licence !== undefined);
  return [
    plainLicence(licence),
    ...others.map((source) => `from the ${source.kind} ${source.licence.spdx}`),
  ].join('; ');
}

/** Where nobody published a size, four bytes for each weight of the graph. */
async function megabytesOf({ id, bytes, sources }) {
  const mega = (size) => (size / 1e6).toFixed(size >= 1e7 ? 0 : 1);
  const [first, ...others] = sources;
  const known = bytes ?? first?.bytes;
  if (known !== undefined) return mega(known);
  const weights = await readJson(new URL(`${id}/weights.json`, GRAPHS));
  const count = weights.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0);
  const smaller = others.filter((source) => source.bytes !== undefined);
  return [
    `≈ ${mega(4 * count)}`,
    ...smaller.map((source) => `${source.kind} ${mega(source.bytes)}`),
  ].join('; ');
}

async function rowOf(card, { ms, peakMb } = {}) {
  const time = ms === undefined ? '' : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
  const memory = peakMb === undefined ? '' : `${(peakMb / 1000).toFixed(1)} GB`;
  const cells = [
    `\`${card.id}\``,
    answersOf(card),
    licencesOf(card),
    await megabytesOf(card),
    time,
    memory,
    card.checkpoint === undefined ? card.goodFor : `${card.goodFor} To be made of a checkpoint.`,
  ];
  return `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;
}

async function makeTable() {
  const { date, machine, models } = await readJson(MEASURED);
  const cards = [...(await readCards('embedded')), ...(await readCards('catalogue'))];
  const rows = await Promise.all(cards.map((card) => rowOf(card, models[card.id])));
  return [
    '| model | answers | licence of the weights | MB | a photo takes | peak memory | good for |',
    '|---|---|---|---:|---:|---:|---|',
    ...rows,
    '',
    `Measured on ${date}: ${machine}.`,
  ].join('\n');
}

const [figures] = positionals;
if (figures !== undefined) await keepFigures(figures);
const page = await readFile(PAGE, 'utf8');
const [before, rest] = page.split(START);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`docs/models.md needs ${START} and ${END}`);
const wanted = `${before}${START}\n${await makeTable()}\n${END}${after}`;
if (values.check !== true) await writeFile(PAGE, wanted);
else if (page !== wanted) {
  console.error('The table of docs/models.md is not what the cards say: npm run models:table');
  process.exitCode = STALE_EXIT_CODE;
}
