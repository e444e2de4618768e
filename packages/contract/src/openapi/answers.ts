import type { Answer, Content } from './document-types.ts';
import { type HeaderName, headerRefs } from './headers.ts';
import { type DocumentName, documentRef } from './json-schemas.ts';

/** Content of one or several media types that are bytes and not described further. */
export function binary(types: readonly string[]): Content {
  return Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  );
}

/** Content that is one of the documents of the service. */
export function json(name: DocumentName): Content {
  return { 'application/json': { schema: documentRef(name) } };
}

/** An answer with its headers; every one has an id. */
export function answer(
  description: string,
  content: Content | undefined,
  headers: readonly HeaderName[] = [],
): Answer {
  return {
    description,
    headers: headerRefs(['X-Request-Id', 'Server-Timing', ...headers]),
    ...(content === undefined ? {} : { content }),
  };
}
