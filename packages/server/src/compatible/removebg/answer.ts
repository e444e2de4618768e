import type { LayersDocument } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import type { FastifyReply } from 'fastify';
import { base64Length, base64Pieces } from '../../answers/base64-pieces.ts';
import { type LayerFile, layerFiles, type PiecewiseBody } from '../../answers/layer-files.ts';
import { sendPiecewise } from '../../answers/send-piecewise.ts';
import { zipBody } from '../../answers/zip.ts';
import { requestFault } from './faults.ts';
import type { RemoveBgOrder } from './order.ts';

/** The files of a ZIP, as remove.bg names them. */
const ARCHIVE_PATHS: Readonly<Record<string, string>> = {
  subject: 'color.jpg',
  matte: 'alpha.png',
};
/** No model here tells what kind of thing its subject is. */
const SUBJECT_TYPE = 'other';

export interface RemoveBgAnswerOptions {
  readonly order: RemoveBgOrder;
  /** As JSON with the picture in base64, instead of the picture itself. */
  readonly isJson: boolean;
  /** What the photo took off the caller's credits. */
  readonly creditsCharged: number;
}

/**
 * Sends what remove.bg would of a cut-out subject: a picture, an archive of colours and mask, or either in JSON.
 * @throws DioramaError `REQUEST_INVALID` with `unknown_foreground` for a photo without a subject
 */
export function sendRemoveBg(
  answer: LayersAnswer,
  options: RemoveBgAnswerOptions,
  reply: FastifyReply,
): FastifyReply {
  const { order, isJson, creditsCharged } = options;
  const foreground = foregroundOf(answer.document);
  reply.header('x-width', answer.document.size.width);
  reply.header('x-height', answer.document.size.height);
  if (order.hasType) reply.header('x-type', SUBJECT_TYPE);
  reply.header('x-credits-charged', creditsCharged);
  for (const [side, px] of Object.entries(foreground)) reply.header(`x-foreground-${side}`, px);
  const body = order.isArchive ? archiveOf(answer) : pictureOf(answer);
  return sendPiecewise(isJson ? inJson(body, foreground) : body, 'no-bg.zip', reply);
}

type Foreground = Readonly<Record<'top' | 'left' | 'width' | 'height', number>>;

function foregroundOf({ matte }: LayersDocument): Foreground {
  const box = matte?.box;
  if (matte?.subjectPresent !== true || box === undefined) throw requestFault('unknown_foreground');
  const { top, left, width, height } = box;
  return { top, left, width, height };
}

function pictureOf(answer: LayersAnswer): PiecewiseBody<Uint8Array> {
  const [file] = layerFiles(answer);
  if (file === undefined) throw new DioramaError('INTERNAL', 'The answer lacks its picture.');
  const { mediaType, bytes } = file;
  return { contentType: mediaType, contentLength: bytes.length, pieces: [bytes] };
}

function archiveOf(answer: LayersAnswer): PiecewiseBody<Uint8Array> {
  const entries = layerFiles(answer).map(({ layer, bytes }: LayerFile) => {
    const path = ARCHIVE_PATHS[layer];
    if (path === undefined) throw new DioramaError('INTERNAL', `The answer holds a ${layer}.`);
    return { path, bytes };
  });
  // Readers of a stream want the colours first.
  return zipBody(entries.toReversed());
}

function inJson(
  body: PiecewiseBody<Uint8Array>,
  { top, left, width, height }: Foreground,
): PiecewiseBody {
  const head = Buffer.from('{"data":{"result_b64":"');
  const tail = Buffer.from(
    `","foreground_top":${top},"foreground_left":${left},"foreground_width":${width},"foreground_height":${height}}}`,
  );
  async function* pieces(): AsyncGenerator<Uint8Array | string> {
    yield head;
    yield* base64Pieces(body.pieces);
    yield tail;
  }
  return {
    contentType: 'application/json; charset=utf-8',
    contentLength: head.length + base64Length(body.contentLength) + tail.length,
    pieces: pieces(),
  };
}
