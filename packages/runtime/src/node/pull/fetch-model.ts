import { DioramaError } from '@diorama/core';
import type { ChosenSource } from './chosen-source.ts';
import { assembleChunks } from './chunked-file.ts';
import type { Download } from './download.ts';
import { hashFile } from './durable-file.ts';
import { demandRoom } from './file-errors.ts';
import { copyFile } from './local-copy.ts';
import { npmRegistry } from './npm-registry.ts';
import { findArchive, type PackageSource } from './package-metadata.ts';
import { PartFile } from './part-file.ts';
import type { PullOptions, PullProgress, PullTimes } from './pull-options.ts';
import { corrupt } from './pull-trouble.ts';
import { downloadVerified } from './verified-download.ts';
import { fetchableAddress, mirrorAddress, shownAddress } from './web-address.ts';

export interface FetchJob {
  readonly chosen: ChosenSource;
  readonly options: PullOptions;
  /** The model's own folder. */
  readonly folder: string;
  /** What the file must have, when anyone knows: published, the operator's, or seen the first time. */
  readonly sha256: string | undefined;
  readonly times: PullTimes;
  readonly signal: AbortSignal;
}

/** A model's file in its folder, whole and with the right hash, under a name that is not its own yet. */
export interface FetchedFile {
  readonly part: PartFile;
  readonly bytes: number;
  readonly sha256: string;
}

/** Brings the file of a model here, from wherever the options say. */
export function fetchModel(job: FetchJob): Promise<FetchedFile> {
  const { file, mirror } = job.options;
  if (file !== undefined) return fromFile(job, file);
  if (mirror !== undefined) return fromMirror(job, mirror);
  const { source } = job.chosen;
  if (source?.kind === 'https') return fromWeb(job, fetchableAddress(source.url, 'source'));
  if (source?.kind === 'package') return fromPackage(job, source);
  throw new DioramaError('MODEL_MISSING', `Nobody publishes a file of ${job.chosen.card.id}`);
}

async function fromFile(job: FetchJob, path: string): Promise<FetchedFile> {
  const { folder, signal, sha256, chosen } = job;
  const part = PartFile.of(folder, 'file');
  const { bytes, hash } = await copyFile({
    from: path,
    to: part.path,
    folder,
    bytes: sha256 === undefined ? chosen.bytes : undefined,
    signal,
    onBytes: (received, total) => tell(job, 'download', received, total),
  });
  if (sha256 === undefined || hash === sha256) return { part, bytes, sha256: hash };
  await part.remove();
  throw wrongHash(job, 'That file', hash);
}

function fromMirror(job: FetchJob, prefix: string): Promise<FetchedFile> {
  const url = mirrorAddress(prefix, job.chosen.card.id);
  const { authorize } = job.options;
  return fromWeb(job, url, async () => (await authorize?.(url.href)) ?? {});
}

async function fromWeb(
  job: FetchJob,
  url: URL,
  ownHeaders: Download['ownHeaders'] = async () => ({}),
): Promise<FetchedFile> {
  const { chosen, sha256 } = job;
  const part = PartFile.of(job.folder, `${url.origin}${url.pathname}`);
  const download = downloadOf(job, { url, ownHeaders, part, bytes: chosen.bytes });
  const { bytes, hash } = await downloadVerified(
    { ...download, isHashKnown: sha256 !== undefined },
    {
      algorithm: 'sha256',
      encoding: 'hex',
      expected: sha256,
      onRead: (read, total) => tell(job, 'check', read, total),
      refusal: (seen) => wrongHash(job, shownAddress(url), seen),
    },
  );
  return { part, bytes, sha256: hash };
}

async function fromPackage(job: FetchJob, source: PackageSource): Promise<FetchedFile> {
  const { options, signal, folder, chosen, sha256 } = job;
  const registry = options.registry ?? (await npmRegistry(source.name, signal));
  const { url, sha512 } = await findArchive(source, registry, job);
  const archive = PartFile.of(folder, `archive ${sha512}`);
  await downloadVerified(
    downloadOf(job, { url, ownHeaders: async () => ({}), part: archive, bytes: undefined }),
    {
      algorithm: 'sha512',
      encoding: 'base64',
      expected: sha512,
      onRead: (read, total) => tell(job, 'check', read, total),
      refusal: () =>
        corrupt(`The archive of ${source.name} ${source.version} does not have its SHA-512`),
    },
  );
  const part = PartFile.of(folder, `entry ${sha512} ${source.entry}`);
  try {
    await assembleChunks(archive.path, source, {
      to: part.path,
      bytes: chosen.bytes,
      signal,
      onBytes: (written, total) => tell(job, 'unpack', written, total),
      demandRoom: (bytes) => demandRoom(folder, bytes),
    });
    const seen = await hashFile(part.path, { algorithm: 'sha256', encoding: 'hex', signal });
    if (sha256 !== undefined && seen.hash !== sha256) {
      throw wrongHash(job, `${source.name} ${source.version}`, seen.hash);
    }
    return { part, bytes: seen.bytes, sha256: seen.hash };
  } catch (error) {
    await part.remove();
    if (error instanceof DioramaError && error.code === 'MODEL_CORRUPT') await archive.remove();
    throw error;
  }
}

function downloadOf(
  job: FetchJob,
  own: Pick<Download, 'url' | 'ownHeaders' | 'part' | 'bytes'>,
): Download {
  const { folder, times, signal } = job;
  const onBytes: Download['onBytes'] = (received, total) => tell(job, 'download', received, total);
  return { ...own, folder, times, signal, isHashKnown: true, onBytes };
}

function tell(
  { options }: FetchJob,
  phase: PullProgress['phase'],
  received: number,
  total: number | undefined,
): void {
  options.onProgress?.({ phase, received, total });
}

function wrongHash({ chosen, sha256, options }: FetchJob, what: string, seen: string) {
  const { card, pinned } = chosen;
  const whose = {
    published: 'published',
    operator: 'given by you',
    'first-seen': 'seen the first time',
  }[pinned];
  const other = card.sources.find((source) => source.sha256 === seen);
  const hint =
    other && other !== chosen.source && options.from === undefined
      ? ` It is the one of another source: add --from ${other.kind}`
      : '';
  return corrupt(
    `${what} is not ${card.id}: its SHA-256 is ${seen} and the one ${whose} is ${sha256}.${hint}`,
  );
}
