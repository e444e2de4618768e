import { type Command, Option } from 'commander';
import type { Conduct } from '../conduct.ts';
import { wholeNumber } from '../options/amounts.ts';
import { addPhotoOptions, type PhotoFlags } from '../options/work-options.ts';

export interface BatchMakeFlags extends PhotoFlags {
  readonly output: string;
  readonly model?: string;
  readonly shard?: number;
  readonly quality: 'full' | 'small';
  readonly json?: true;
}

const EXAMPLES = `
Only the small picture that the model sees is written, without metadata, under a hash in the place of the photo's name.

Examples:
  diorama batch make photos/ -o requests.jsonl
  diorama batch make gs://our-photos/2026 -o gs://our-bucket/in/requests.jsonl --shard 1000
`;

/** `diorama batch make PHOTO... -o FILE` */
export function addBatchMake(batch: Command, conduct: Conduct): void {
  const command = batch
    .command('make')
    .description('Writes photos as lines for a batch prediction job.')
    .argument('<photo...>', 'files, folders, quoted patterns, or gs://bucket/folder')
    .requiredOption('-o, --output <file>', 'a file, or gs://bucket/file')
    .option('--model <id>', 'the model that the job runs (default: the embedded one)')
    .option(
      '--shard <n>',
      'several files of so many photos; a second run makes only those that are missing',
      wholeNumber(1, 1_000_000),
    )
    .addOption(
      new Option('--quality <kind>', 'full loses nothing; small: as JPEG, some 60 kB each')
        .choices(['full', 'small'])
        .default('full'),
    );
  addPhotoOptions(command)
    .option('--json', 'print one JSON document a line on stdout')
    .addHelpText('after', EXAMPLES)
    .action((photos: string[], flags: BatchMakeFlags) =>
      conduct(async (context) => {
        const { runBatchMake } = await import('../run/batch-make.ts');
        return runBatchMake(photos, flags, context);
      }),
    );
}
