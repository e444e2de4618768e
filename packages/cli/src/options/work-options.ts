import { type Command, Option } from 'commander';
import { parseBytes, parseDuration, parsePixels, wholeNumber } from './amounts.ts';
import { parseModels } from './models.ts';

/** Options of every command that opens photos. */
export interface PhotoFlags {
  readonly jobs?: number;
  readonly maxBytes?: number;
  readonly maxPixels?: number;
  readonly timeout: number;
}

/** Options of every command that takes photos through the model. */
export interface RunFlags extends PhotoFlags {
  readonly model?: readonly string[];
  readonly provider?: string;
  readonly require?: 'gpu';
  readonly threads?: number;
}

/** Options of every command that makes layers. */
export interface WorkFlags extends RunFlags {
  readonly size?: number;
  readonly quality?: number;
  readonly lossless?: true;
  readonly json?: true;
}

const DEFAULT_TIMEOUT_MS = 300_000;

/** Adds what `WorkFlags` reads. */
export function addWorkOptions(command: Command): Command {
  command
    .option('--size <px>', 'shrink the layers to this long side', wholeNumber(1, 65_535))
    .option('--quality <1..100>', 'for formats that lose something', wholeNumber(1, 100))
    .option('--lossless', 'lose nothing in WebP and AVIF');
  return addRunOptions(command).option('--json', 'print one JSON document a line on stdout');
}

/** Adds what `RunFlags` reads. */
export function addRunOptions(command: Command): Command {
  command
    .option('--model <id,...>', 'one model, or one for depth and one for the matte', parseModels)
    .option('--provider <name>', 'what runs the model: cpu, webgpu, cuda, ...')
    .addOption(new Option('--require <what>', 'fail where there is none').choices(['gpu']))
    .option('--threads <n>', 'threads of the model', wholeNumber(1, 1024));
  return addPhotoOptions(command);
}

/** Adds what `PhotoFlags` reads. */
export function addPhotoOptions(command: Command): Command {
  return command
    .option('--jobs <n>', 'photos worked on at once', wholeNumber(1, 256))
    .option('--max-bytes <size>', 'largest photo file (default: 32MiB)', parseBytes)
    .option('--max-pixels <count>', 'most pixels of a photo (default: 64Mi)', parsePixels)
    .addOption(
      new Option('--timeout <time>', 'longest time for one photo')
        .argParser(parseDuration)
        .default(DEFAULT_TIMEOUT_MS, '5min'),
    );
}
