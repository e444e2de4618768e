import { Command } from 'commander';
import { addBatchCommand } from './commands/batch.ts';
import { addBenchCommand } from './commands/bench.ts';
import { addDepthCommand } from './commands/depth.ts';
import { addEvalCommand } from './commands/eval.ts';
import { addKeysCommand } from './commands/keys.ts';
import { addLayersCommand } from './commands/layers.ts';
import { addMatteCommand } from './commands/matte.ts';
import { addModelsCommand } from './commands/models.ts';
import { addPlateCommand } from './commands/plate.ts';
import { addPredictorCommand } from './commands/predictor.ts';
import { addSealCommand } from './commands/seal.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSubjectCommand } from './commands/subject.ts';
import type { Conduct } from './conduct.ts';

const EXAMPLES = `
Examples:
  diorama layers beach.jpg -o out          depth, matte, subject and plate in out/beach/
  diorama layers photos/ -o out            a folder; run it again and it goes on where it stopped
  diorama subject beach.jpg -o cutout.png  one layer; the ending picks the format
  diorama models list                      the models and their licences
  diorama eval truth/                      how right the model is on photos with known answers
  diorama batch make photos/ -o in.jsonl   many photos, as a batch prediction job reads them
  diorama serve                            the same over HTTP, with a page to try it
  diorama predictor                        the network alone, for Vertex AI and Cloud Run
  diorama keys create app --file keys.json a key for callers of the server
  diorama seal create --file seal.json     a key that pictures for a predictor are sealed to

Exit codes: 0 all done, 64 not understood, 65 a photo is unusable, 66 not found, 69 provider not there,
70 fault inside, 73 output not writable, 75 try again later, 77 licence not accepted, 78 wrong configuration,
130 stopped.
`;

/** Every command, each of which hands what it does to `conduct`. */
export function buildProgram(version: string, conduct: Conduct): Command {
  const program = new Command('diorama')
    .description('A photo in; its depth map, matte, subject and background plate out.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help, also of a command')
    .enablePositionalOptions()
    .exitOverride()
    // What is wrong is said once, by who catches it.
    .configureOutput({ outputError: () => undefined });
  addLayersCommand(program, conduct);
  addDepthCommand(program, conduct);
  addMatteCommand(program, conduct);
  addSubjectCommand(program, conduct);
  addPlateCommand(program, conduct);
  addModelsCommand(program, conduct);
  addServeCommand(program, conduct);
  addPredictorCommand(program, conduct);
  addKeysCommand(program, conduct);
  addSealCommand(program, conduct);
  addBatchCommand(program, conduct);
  addEvalCommand(program, conduct);
  addBenchCommand(program, conduct);
  return program.addHelpText('after', EXAMPLES);
}
