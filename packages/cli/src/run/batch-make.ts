import {
  findKnownCard,
  isStorageAddress,
  openRequestMaker,
  photoKey,
  planShards,
  writeRequestLine,
} from '@diorama/cloud';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { DEFAULT_MODEL_ID, defaultModelsFolder, findModelCard } from '@diorama/runtime';
import type { BatchMakeFlags } from '../commands/batch-make.ts';
import type { CommandContext } from '../context.ts';
import { type BatchPhoto, findBatchPhotos } from '../input/batch-photos.ts';
import { countText, write } from '../output/text.ts';
import { type LineTarget, openLineTarget } from '../store/line-target.ts';
import { jobsOf, maxBytesOf, photoOptionsOf } from './engine-options.ts';
import { folderOf } from './layer-target.ts';
import { OpenShard } from './open-shard.ts';
import { bytesOfPhoto, reporterFor } from './photo-command.ts';
import { PhotoEngine } from './photo-engine.ts';
import { type PhotoResult, runPhotos } from './photo-run.ts';
import type { DeadlineSignal } from './settle.ts';

/** Writes photos as lines for a batch prediction job. Answers the exit code. */
export async function runBatchMake(
  inputs: readonly string[],
  flags: BatchMakeFlags,
  context: CommandContext,
): Promise<number> {
  const card = await cardOf(flags.model, context);
  const found = await findBatchPhotos(inputs, context);
  const target = await targetOf(flags.output, context);
  const { quality } = flags;
  const maker = new PhotoEngine(() =>
    openRequestMaker({ ...photoOptionsOf(flags, found.photos.length), card, quality }),
  );
  const shards = openShards(found.photos, `${card.sha256} ${quality}`, flags.shard, target);
  const work = async (photo: BatchPhoto, deadline: DeadlineSignal): Promise<PhotoResult> => {
    const { name, file } = shards.get(photo) as ShardOfPhoto; // every photo has one
    const output = target.shown(name);
    if (!file) return { isSkipped: true, output };
    try {
      const bytes = await bytesOfPhoto(photo, maxBytesOf(flags), deadline.signal);
      const { make } = await deadline.race(maker.get());
      const making = deadline.race(make(bytes, deadline.signal));
      const [key, picture] = await Promise.all([photoKey(bytes), making]);
      await deadline.race(file.add(writeRequestLine(key, picture.bytes)));
    } catch (error) {
      await file.photoEnded(error);
      throw error;
    }
    await file.photoEnded();
    return { output };
  };
  const files = new Set([...shards.values()].flatMap(({ file }) => file ?? []));
  try {
    const { timeout: timeoutMs } = flags;
    const { signal } = context;
    const options = { jobs: jobsOf(flags), timeoutMs, signal, work };
    const { exitCode } = await runPhotos(found, options, reporterFor(flags, context));
    const putOff = [...files].filter((file) => file.isPutOff).length;
    if (putOff > 0) {
      const line = `${countText(putOff, 'file')} not written, since photos may do better the next time: run the same line again`;
      await write(context.stderr, `diorama: ${line}\n`);
    }
    return exitCode;
  } finally {
    await Promise.all([...files].map((file) => file.dispose()));
    await maker.dispose();
  }
}

async function targetOf(given: string, context: CommandContext): Promise<LineTarget> {
  const isHere = !isStorageAddress(given);
  if (isHere && (given === '-' || (await folderOf(given, context.cwd)) !== undefined)) {
    throw new DioramaError('REQUEST_INVALID', '-o takes a file, such as requests.jsonl');
  }
  return openLineTarget(given, context);
}

/** A model that is predicted elsewhere need not be here; only its card. */
async function cardOf(id: string = DEFAULT_MODEL_ID, { env }: CommandContext): Promise<ModelCard> {
  const folder = defaultModelsFolder(env);
  return (await findKnownCard(id, folder)) ?? findModelCard(id, folder);
}

/** The file that a photo's line goes into; none where that is finished. */
interface ShardOfPhoto {
  readonly name: string;
  readonly file: OpenShard | undefined;
}

function openShards(
  photos: readonly BatchPhoto[],
  request: string,
  linesEach: number | undefined,
  target: LineTarget,
): ReadonlyMap<BatchPhoto, ShardOfPhoto> {
  const isResumable = linesEach !== undefined;
  const shards = new Map<BatchPhoto, ShardOfPhoto>();
  for (const { name, photos: own } of planShards(photos, target.name, linesEach, request)) {
    const isFinished = isResumable && target.finished.has(name);
    const file = isFinished ? undefined : new OpenShard(name, own.length, { target, isResumable });
    for (const photo of own) shards.set(photo, { name, file });
  }
  return shards;
}
