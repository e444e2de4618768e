import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { wholeNumber } from '../options/amounts.ts';

export interface BatchJobFlags {
  readonly model: string;
  readonly input: readonly string[];
  readonly output: string;
  readonly name: string;
  readonly batchSize: number;
  readonly machine: string;
  readonly accelerator?: string;
  readonly replicas: number;
}

const DEFAULT_BATCH_SIZE = 8;

const EXAMPLES = `
Nothing is sent: the request is printed, and how to send it.

Examples:
  diorama batch job --model projects/our-project/locations/us-central1/models/123 --input 'gs://our-bucket/in/requests-*.jsonl' --output gs://our-bucket/out > job.json
`;

/** `diorama batch job --model NAME --input gs://... --output gs://...` */
export function addBatchJob(batch: Command, conduct: Conduct): void {
  batch
    .command('job')
    .description('Prints the request for a batch prediction job whose output holds no photo.')
    .requiredOption('--model <name>', 'projects/PROJECT/locations/LOCATION/models/MODEL')
    .requiredOption('--input <gs://...>', 'what make wrote; repeat it, or use one *', collect)
    .requiredOption('--output <gs://...>', 'a folder; the job makes one of its own in it')
    .option('--name <text>', 'how the job is called', 'diorama')
    .option('--batch-size <n>', 'photos of one call', wholeNumber(1, 64), DEFAULT_BATCH_SIZE)
    .option('--machine <type>', 'such as g2-standard-4', 'n1-standard-4')
    .option('--accelerator <type>', 'such as NVIDIA_L4, or NVIDIA_TESLA_T4:2')
    .option('--replicas <n>', 'machines; the job does not scale', wholeNumber(1, 1000), 1)
    .addHelpText('after', EXAMPLES)
    .action((flags: BatchJobFlags) =>
      conduct(async (context) => {
        const { runBatchJob } = await import('../run/batch-job.ts');
        return runBatchJob(flags, context);
      }),
    );
}

function collect(address: string, before: readonly string[] = []): readonly string[] {
  return [...before, address];
}
