import { ARRAY_TYPE } from '@diorama/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectBytes } from '../intake/bytes.ts';
import { readImageField } from '../intake/form.ts';
import { unsupportedBodyType } from './problems.ts';

/** Makes `request.body` the photo's bytes, however they were sent. What they are is told by their content. */
export function addPhotoBodies(app: FastifyInstance, options: { readonly maxBytes: number }): void {
  const { maxBytes } = options;
  const readBytes = ({ raw }: FastifyRequest) => collectBytes(raw, maxBytes);
  const readForm = ({ headers, raw }: FastifyRequest) => readImageField(headers, raw, maxBytes);
  const readUnnamed = async (request: FastifyRequest) => {
    if (request.headers['content-type'] !== undefined) throw unsupportedBodyType();
    return readBytes(request);
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^image\//i, readBytes);
  app.addContentTypeParser('application/octet-stream', readBytes);
  app.addContentTypeParser(ARRAY_TYPE, readBytes);
  app.addContentTypeParser('multipart/form-data', readForm);
  app.addContentTypeParser('*', readUnnamed);
}
