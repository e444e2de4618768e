import type { Imported, ModelInspection } from '@diorama/runtime';
import type { ImportFlags } from '../commands/models-import.ts';
import { asJson, megabytes } from '../output/model-table.ts';
import { durationText, oneLine } from '../output/text.ts';

/** One line with what was found out about a file. */
export function inspectionText({ file, bytes, input, size, planes }: ModelInspection): string {
  const takes =
    size.policy === 'fixed'
      ? `${size.width}x${size.height}`
      : `any size in multiples of ${size.multiple}`;
  const answers = planes
    .slice(0, 3)
    .map(({ name, min, max }) => `${name} (${short(min)} to ${short(max)})`);
  const more = planes.length > 3 ? ` and ${planes.length - 3} more` : '';
  const line = `${file}: ${megabytes(bytes)}; takes ${input}, ${takes}; answers ${answers.join(', ')}${more}`;
  return `${oneLine(line)}\n`;
}

/** What a person is told when a model is here, with the line that uses it; of a dry run the card. */
export function importedText({ card, wasThere, trial }: Imported, flags: ImportFlags): string {
  if (flags.dryRun && !wasThere) return asJson(card);
  const { id, version, bytes, licence, tasks } = card;
  const took = trial
    ? `; a picture of ${trial.width}x${trial.height} took ${durationText(trial.predictMs)}`
    : '';
  // The commands for photos know the folder by its setting alone.
  const folder = flags.models === undefined ? '' : `DIORAMA_MODELS=${flags.models} `;
  return [
    wasThere
      ? `${id} ${version} is this very file and was here already; its card stays as it was (--replace writes it anew)`
      : `${id} ${version} is here: ${megabytes(bytes)}, ${licence.spdx}${took}`,
    `To use it: ${folder}diorama ${tasks[0]} PHOTO -o FILE --model ${id}`,
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}

/** The same as one line of JSON. */
export function importedJson(
  { card, wasThere, trial }: Imported,
  notes: readonly string[],
  { dryRun }: ImportFlags,
): string {
  const { id, version, bytes, sha256 } = card;
  const isDryRun = dryRun ?? false;
  const told = { event: 'imported', id, version, bytes, sha256, wasThere, isDryRun, trial, notes };
  return `${JSON.stringify({ ...told, card })}\n`;
}

function short(sample: number): string {
  return String(Number(sample.toPrecision(3)));
}
