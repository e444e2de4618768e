import { jobRequest } from '@diorama/cloud';
import { DioramaError } from '@diorama/core';
import type { BatchJobFlags } from '../commands/batch-job.ts';
import type { CommandContext } from '../context.ts';
import { write } from '../output/text.ts';

/** Prints the request for a job on stdout, and on stderr how to send it. Answers the exit code. */
export async function runBatchJob(flags: BatchJobFlags, context: CommandContext): Promise<number> {
  const { model, input, output, name, batchSize, machine, replicas } = flags;
  const accelerator =
    flags.accelerator === undefined ? undefined : readAccelerator(flags.accelerator);
  const { url, body } = jobRequest({
    model,
    inputs: input,
    output,
    name,
    batchSize,
    machineType: machine,
    replicas,
    ...(accelerator ? { accelerator } : {}),
  });
  await write(context.stdout, `${JSON.stringify(body, null, 2)}\n`);
  await write(
    context.stderr,
    `To send it as job.json:\n  curl -H "Authorization: Bearer $(gcloud auth print-access-token)" -H "Content-Type: application/json" -d @job.json ${url}\n`,
  );
  return 0;
}

/** `NVIDIA_L4` or `NVIDIA_L4:2`. */
function readAccelerator(text: string): { readonly type: string; readonly count: number } {
  const [, type, count = '1'] = /^([A-Z][A-Z0-9_]+)(?::([1-9]\d?))?$/.exec(text) ?? [];
  if (type !== undefined) return { type, count: Number(count) };
  throw new DioramaError(
    'REQUEST_INVALID',
    '--accelerator takes a type such as NVIDIA_L4, and a number after a colon',
  );
}
