import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** Rows whose id holds one of these; all when empty. */
  readonly wanted: readonly string[];
  readonly json?: string;
  readonly photo?: string;
  readonly isHelp: boolean;
}

export const HELP = `npm run bench -- [ID...] [--json FILE] [--photo FILE]

  ID            measure only the figures whose id begins with it
  --json FILE   also write [{id, what, value, unit, target, holds}]
  --photo FILE  measure with this photo, scaled to each size

docs/bench.md says what each figure means.`;

/** Reads the command line. @throws TypeError with one line for the person */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      photo: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return {
    wanted: positionals,
    isHelp: values.help === true,
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.photo === undefined ? {} : { photo: values.photo }),
  };
}

/** Whether a row's id was asked for. */
export function isWanted(id: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((start) => id.startsWith(start));
}
