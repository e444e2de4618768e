import { ARRAY_TYPE, SEALED_TYPE } from '@diorama/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { announcedBytes } from '../intake/announced-bytes.ts';
import { keepBackground, mayBringBackground } from '../intake/background.ts';
import { collectBytes } from '../intake/bytes.ts';
import { readPhotoForm } from '../intake/form.ts';
import { exchangeOf } from './exchange.ts';
import { unsupportedBodyType } from './problems.ts';

/** Makes `request.body` the photo's bytes, however they were sent. What they are is told by their content. */
export function addPhotoBodies(app: FastifyInstance, options: { readonly maxBytes: number }): void {
  const { maxBytes } = options;
  // The deadline of a request counts its upload.
  const readBytes = (request: FastifyRequest) =>
    collectBytes(request.raw, maxBytes, {
      expectedBytes: announcedBytes(request.headers),
      signal: exchangeOf(request).signal,
    });
  const readForm = async (request: FastifyRequest) => {
    const mayHaveBackground = mayBringBackground(request);
    const { signal } = exchangeOf(request);
    const options = { maxBytes, mayHaveBackground, signal };
    const form = await readPhotoForm(request.headers, request.raw, options);
    if (form.background) keepBackground(request, form.background);
    return form.image;
  };
  const readUnnamed = async (request: FastifyRequest) => {
    if (request.headers['content-type'] !== undefined) throw unsupportedBodyType();
    return readBytes(request);
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^image\//i, readBytes);
  app.addContentTypeParser('application/octet-stream', readBytes);
  app.addContentTypeParser(ARRAY_TYPE, readBytes);
  app.addContentTypeParser(SEALED_TYPE, readBytes);
  app.addContentTypeParser('multipart/form-data', readForm);
  app.addContentTypeParser('*', readUnnamed);
}
