import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CatalogueCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import {
  findCatalogueCard,
  listEmbeddedCards,
  type Pulled,
  parseCatalogueCardText,
  pullModel,
} from '@diorama/runtime';
import type { PullFlags } from '../commands/models.ts';
import type { CommandContext } from '../context.ts';
import { inputError } from '../input/file-error.ts';
import { megabytes } from '../output/model-table.ts';
import { PullReporter } from '../output/pull-reporter.ts';
import { oneLine, write } from '../output/text.ts';
import { mirrorOf } from './models-mirror.ts';
import { modelsFolderOf } from './models-place.ts';

/** Fetches a model. Answers the exit code. */
export async function runPull(
  named: string,
  flags: PullFlags,
  context: CommandContext,
): Promise<number> {
  const { cwd, env, signal, stdout, stderr } = context;
  const card = await cardOf(named, cwd);
  const prefix = flags.mirror ?? (flags.file === undefined ? env['DIORAMA_MIRROR'] : undefined);
  const reporter = flags.json ? undefined : new PullReporter(stderr, card.id);
  let pulled: Pulled;
  try {
    pulled = await pullModel(card, {
      named,
      from: flags.from,
      file: flags.file === undefined ? undefined : resolve(cwd, flags.file),
      ...(prefix ? mirrorOf(prefix, env) : {}),
      accept: flags.accept,
      sha256: flags.sha256?.toLowerCase(),
      folder: modelsFolderOf(flags, context),
      signal,
      onProgress: (progress) => reporter?.report(progress),
    });
  } finally {
    reporter?.stop();
  }
  await write(stdout, flags.json ? jsonOf(pulled) : textOf(pulled));
  return 0;
}

const MOST_CARD_BYTES = 1_000_000;

/** An id never has a slash or this ending in it. */
async function cardOf(named: string, cwd: string): Promise<CatalogueCard> {
  if (!/[/\\]|\.json$/.test(named)) {
    const isEmbedded = (await listEmbeddedCards()).some(({ id }) => id === named);
    if (!isEmbedded) return findCatalogueCard(named);
    throw new DioramaError('REQUEST_INVALID', `Model ${named} comes with Diorama already`);
  }
  const path = resolve(cwd, named);
  let text: string;
  try {
    if ((await stat(path)).size > MOST_CARD_BYTES) {
      throw new DioramaError('CONFIG_INVALID', `${basename(named)} is too large for a model card`);
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw inputError(error);
  }
  return parseCatalogueCardText(text, basename(named));
}

function jsonOf({ card, wasThere, pinned }: Pulled): string {
  const { id, version, bytes, sha256 } = card;
  return `${JSON.stringify({ event: 'pulled', id, version, bytes, sha256, wasThere, pinned, card })}\n`;
}

const PIN_WORDS = {
  published: 'as published',
  operator: 'as you gave it',
  'first-seen': 'as it came',
} as const;

function textOf({ card, wasThere, pinned }: Pulled): string {
  const lines = [
    `${card.id} ${card.version} ${wasThere ? 'was here already' : 'is here'}: ` +
      `${megabytes(card.bytes)}, SHA-256 ${PIN_WORDS[pinned]}, ${card.licence.spdx}`,
    ...(pinned === 'first-seen'
      ? [`Nobody published a hash of this file; it is now pinned to SHA-256 ${card.sha256}`]
      : []),
    ...(wasThere ? [] : [`To use it: diorama ${card.tasks[0]} PHOTO -o FILE --model ${card.id}`]),
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}
