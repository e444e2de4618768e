import type { Command } from 'commander';
import type { Conduct } from '../conduct.ts';
import { oneLine } from '../output/text.ts';

/** `diorama predictor` */
export function addPredictorCommand(program: Command, conduct: Conduct): void {
  program
    .command('predictor')
    .description(
      'Answers what the network gives for a picture, as Vertex AI and Cloud Run ask for it. Settings come from the environment.',
    )
    .action(() =>
      conduct(async ({ env, stdout, stderr, signal }) => {
        const { runPredictor } = await import('@diorama/server/predictor');
        return runPredictor(env, {
          say: (line) => stdout.write(`${oneLine(line)}\n`),
          complain: (line) => stderr.write(`diorama: ${oneLine(line)}\n`),
          stop: signal,
        });
      }),
    );
}
