// Writes docs/configuration.md anew, of the schemas that the server and the predictor read their settings with.
//   npm run docs:config                            after a setting has changed
//   node scripts/config-reference.mjs --check      says whether the page is as it should be
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SETTING_GROUPS } from '../packages/server/dist/config-schema.js';
import { PREDICTOR_SETTING_GROUPS } from '../packages/server/dist/predictor/predictor-schema.js';

const PAGE = new URL('../docs/configuration.md', import.meta.url);
const STALE_EXIT_CODE = 1;
/** No setting takes it, so that each one says what it does take. */
const NO_VALUE = '\0';

const HEAD = `# Configuration

The server is told what it needs by its environment, once, when it starts; an empty value counts as not set. All faults are
reported together, with exit code 78, and so is a name that begins with \`DIORAMA_\` and is no setting. \`diorama serve\` takes
the most usual ones as options too ([cli.md](cli.md)).

\`diorama predictor\`, which is another program, has settings of its own: [below](#the-predictor).

This page is written by \`npm run docs:config\`.
`;

const PREDICTOR_HEAD = `
## The predictor

What \`diorama predictor\` reads ([predictor.md](predictor.md)). A setting of the server alone is a fault here, too.
`;

function valuesOf(schema) {
  const said = schema.safeParse(NO_VALUE).error.issues[0].message;
  // A star alone would begin italics.
  return said
    .replace(/^must be /, '')
    .replace(/, or not set$/, '')
    .replaceAll('*', '\\*');
}

function defaultOf(schema) {
  const { byDefault } = schema.meta();
  if (byDefault !== undefined) return byDefault;
  const value = schema.safeParse(undefined).data;
  return value === undefined ? 'not set' : `\`${value}\``;
}

function tableOf({ title, settings }, heading = '##') {
  const rows = Object.entries(settings).map(
    ([name, schema]) =>
      `| \`${name}\` | ${schema.meta().description} | ${valuesOf(schema)} | ${defaultOf(schema)} |`,
  );
  return `\n${heading} ${title}\n\n| variable | meaning | values | without it |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const page = [
  HEAD,
  ...SETTING_GROUPS.map((group) => tableOf(group)),
  PREDICTOR_HEAD,
  ...PREDICTOR_SETTING_GROUPS.map((group) => tableOf(group, '###')),
].join('');
if (!values.check) {
  await writeFile(PAGE, page);
} else if (page !== (await readFile(PAGE, 'utf8'))) {
  console.error('docs/configuration.md is stale: run npm run docs:config');
  process.exitCode = STALE_EXIT_CODE;
}
