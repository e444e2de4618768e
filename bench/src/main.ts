import { writeFile } from 'node:fs/promises';
import { createDiorama, type Diorama } from '@diorama/engine';
import { type BenchArguments, HELP, isWanted, parseBenchArguments } from './arguments.ts';
import type { Bench, Figure } from './figure.ts';
import { FIGURES } from './figures.ts';
import { describeMachine } from './machine.ts';
import { openPhotoSource } from './photo-source.ts';
import { judge, type Measured, type Row } from './row.ts';
import { formatJson, formatTable } from './table.ts';

const USAGE_EXIT_CODE = 64;

function readArguments(): BenchArguments | undefined {
  try {
    return parseBenchArguments(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function measureAll({ wanted, photo, json }: BenchArguments): Promise<Row[]> {
  let opened: Promise<Diorama> | undefined;
  const bench: Bench = {
    photos: await openPhotoSource(photo),
    diorama: () => {
      opened ??= createDiorama();
      return opened;
    },
    say: (line) => console.error(line),
  };
  console.log(describeMachine(new Date()));
  console.log(`Photo: ${bench.photos.title}\n`);
  const rows: Row[] = [];
  try {
    for (const figure of FIGURES) {
      if (!figure.ids.some((id) => isWanted(id, wanted))) continue;
      bench.say(`measuring ${figure.ids.join(', ')}`);
      const measured = await measureOne(figure, bench);
      rows.push(...measured.filter(({ id }) => isWanted(id, wanted)).map(judge));
      // After each figure: a run of half an hour that is stopped has not been for nothing.
      if (json !== undefined) await writeFile(json, formatJson(rows));
    }
  } finally {
    await (await opened)?.dispose();
  }
  return rows;
}

/** One figure's rows; a figure that fails has no values and does not stop the others. */
async function measureOne(figure: Figure, bench: Bench): Promise<readonly Measured[]> {
  try {
    return await figure.measure(bench);
  } catch (error) {
    console.error(error);
    const note = error instanceof Error ? error.message : String(error);
    return figure.ids.map((id) => ({ id, what: 'failed', value: null, unit: '', note }));
  }
}

async function main(): Promise<number> {
  const args = readArguments();
  if (args === undefined || args.isHelp) {
    console.log(HELP);
    return args === undefined ? USAGE_EXIT_CODE : 0;
  }
  const known = FIGURES.flatMap(({ ids }) => ids);
  const unknown = args.wanted.filter((start) => !known.some((id) => isWanted(id, [start])));
  if (unknown.length > 0) {
    console.error(`No figure begins with ${unknown.join(', ')}. There are: ${known.join(', ')}`);
    return USAGE_EXIT_CODE;
  }
  const rows = await measureAll(args);
  console.log(formatTable(rows));
  return 0;
}

// Stopped, it ends as any program does, so that what is to be cleaned up at its end is.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
