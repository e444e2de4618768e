import { type CatalogueCard, type ModelCard, needsAcceptance } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { defaultModelsFolder } from '../models-folder.ts';
import { chooseSource, storedCardOf } from '../pull/chosen-source.ts';
import { hashFile } from '../pull/durable-file.ts';
import { pullModel } from '../pull/pull-model.ts';
import { listStoredModels, readStoredCard, storedFilePath } from '../stored-models.ts';
import type { ImportAnswers } from './answers.ts';
import { askProcess } from './ask-process.ts';
import { IMPORT_PROCESS, type ImportRequest, type TrialAnswer } from './import-request.ts';
import { assertAnswers, importedCard } from './imported-card.ts';
import {
  INSPECT_DEADLINE_MS,
  type InspectOptions,
  inspectModel,
  isReservedId,
  type ModelInspection,
} from './inspect-model.ts';
import { missingAnswers } from './missing-answers.ts';
import { openImportQuestions } from './questions.ts';

export interface ImportOptions extends InspectOptions {
  /** The models folder; the default is the person's own, see `defaultModelsFolder`. */
  readonly folder?: string | undefined;
  /** Whether a stored model of this id, or the card of the same file, makes way. */
  readonly isReplacing?: boolean | undefined;
  /** Whether nothing is written. */
  readonly isDryRun?: boolean | undefined;
  /** The licences, by their exact names, that the operator accepts. */
  readonly accept?: readonly string[] | undefined;
}

export interface Imported {
  readonly card: ModelCard;
  /** Whether the same file was there already; its card is then the one that was there. */
  readonly wasThere: boolean;
  /** The picture that was run through it. Absent when the file was there already. */
  readonly trial?: TrialAnswer;
}

/** A model's file, and what was seen of it. */
type ModelFile = Pick<ModelInspection, 'path' | 'file' | 'bytes' | 'sha256'>;

/**
 * Makes a person's own ONNX file a model of the models folder. Its card is written from the file and the answers, and a
 * picture is run by it before anything is stored.
 * @throws DioramaError what `inspectModel` throws; `REQUEST_INVALID` when answers are missing or contradict, or the id
 *   is another model's; `LICENCE_NOT_ACCEPTED`; `OUTPUT_UNWRITABLE`
 */
export async function importModel(
  model: string | ModelInspection,
  answers: ImportAnswers,
  options: ImportOptions = {},
): Promise<Imported> {
  const inspection = typeof model === 'string' ? await inspectModel(model, options) : model;
  const there = await findImported(inspection, answers.id, options);
  if (there) return { card: there, wasThere: true };
  assertAnswers(inspection, answers);
  const open = openImportQuestions(inspection, answers);
  if (open.length > 0) throw missingAnswers(inspection.file, open);
  return storeModel(importedCard(inspection, answers), inspection, options);
}

/** Checks, tries and stores a file under a card that is complete. */
export async function storeModel(
  card: CatalogueCard,
  file: ModelFile,
  options: ImportOptions,
): Promise<Imported> {
  const { accept, signal, deadlineMs = INSPECT_DEADLINE_MS } = options;
  const folder = options.folder ?? defaultModelsFolder();
  await assertImportId(card.id, file, options);
  const isAccepted = !needsAcceptance(card.licence) || accept?.includes(card.licence.spdx);
  if (!isAccepted && !options.isDryRun) throw notAccepted(card);
  // What is copied later must be what was looked at.
  const pull = { file: file.path, sha256: file.sha256, accept, folder, signal };
  const described = storedCardOf(
    chooseSource(card, pull),
    file,
    accept?.includes(card.licence.spdx) ? card.licence.spdx : undefined,
  );
  const trial = await askProcess<ImportRequest, TrialAnswer>(
    IMPORT_PROCESS,
    { kind: 'try', card: { ...described, sources: [{ kind: 'file', path: file.path }] } },
    { about: file.file, deadlineMs, signal },
  );
  if (options.isDryRun) return { card: described, wasThere: false, trial };
  const { card: stored } = await pullModel(card, pull);
  return { card: stored, wasThere: false, trial };
}

/**
 * The stored model that has the same file, whole, unless it is to make way or another id was asked for.
 * @throws DioramaError `CONFIG_INVALID` when the models folder cannot be read
 */
export async function findImported(
  { sha256 }: Pick<ModelInspection, 'sha256'>,
  id: string | undefined,
  { folder = defaultModelsFolder(), isReplacing, signal }: ImportOptions,
): Promise<ModelCard | undefined> {
  if (isReplacing) return undefined;
  const { cards } = await listStoredModels(folder);
  const card = cards.find((each) => each.sha256 === sha256 && (id ?? each.id) === each.id);
  if (!card) return undefined;
  const path = storedFilePath(folder, card);
  const seen = await hashFile(path, { algorithm: 'sha256', encoding: 'hex', signal }).catch(
    () => undefined,
  );
  return seen?.hash === sha256 ? card : undefined;
}

/**
 * Refuses the id of another model.
 * @throws DioramaError `REQUEST_INVALID`
 */
export async function assertImportId(
  id: string,
  { sha256 }: Pick<ModelInspection, 'sha256'>,
  { folder = defaultModelsFolder(), isReplacing }: ImportOptions = {},
): Promise<void> {
  if (await isReservedId(id)) {
    const message = `${id} is a model of Diorama's own list; give yours another id with --id`;
    throw new DioramaError('REQUEST_INVALID', message);
  }
  if (isReplacing) return;
  const stored = await storedHash(folder, id);
  // The very file may be stored and damaged; then this mends it.
  if (stored === undefined || stored === sha256) return;
  throw new DioramaError(
    'REQUEST_INVALID',
    `There is another model ${id} already; --replace puts this one in its place, --id gives it another id`,
  );
}

/** The hash in the card of a stored model, `damaged` when that cannot be read. */
async function storedHash(folder: string, id: string): Promise<string | undefined> {
  try {
    return (await readStoredCard(folder, id))?.sha256;
  } catch (error) {
    if (isDioramaError(error)) return 'damaged';
    throw error;
  }
}

function notAccepted({ id, licence }: CatalogueCard): DioramaError {
  const why = [
    ...(licence.commercialUse ? [] : ['commercial use counts as not allowed']),
    ...(licence.copyleft ? ['whoever passes it on must do so under the same terms'] : []),
  ].join(', and ');
  return new DioramaError(
    'LICENCE_NOT_ACCEPTED',
    `The licence of ${id} is ${licence.spdx}: ${why}. If you accept that, add: --accept ${licence.spdx}`,
    { detail: { licence: licence.spdx } },
  );
}
