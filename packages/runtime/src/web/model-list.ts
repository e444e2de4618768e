import { modelListSchema, type ServedModel } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { errorOfAbort } from '../shared/abort-error.ts';
import { folderAddressOf } from './page-address.ts';
import { readBody } from './read-body.ts';

/** Some hundred cards. */
const MOST_LIST_BYTES = 2 ** 20;

/**
 * The cards of a Diorama server's models, as `GET /v1/models` gives them; `file.url` is there where the server passes the
 * file on, and whole, ready for `createLocalPredictor`. `server` is the server's address, relative to the page.
 * @throws DioramaError `SOURCE_UNAVAILABLE` when there is no such server, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function loadModelCards(
  server: string | URL,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly ServedModel[]> {
  const base = folderAddressOf(server);
  try {
    const answer = await fetch(new URL('v1/models', base), {
      redirect: 'error',
      signal: signal ?? null,
    });
    if (!answer.ok || !answer.body) throw unlisted(`it answers with status ${answer.status}`);
    const text = new TextDecoder().decode(await readBody(answer.body, MOST_LIST_BYTES));
    const { models } = modelListSchema.parse(JSON.parse(text));
    return models.map((model) =>
      // The schema has it begin with a slash; the server may lie in a folder of its host.
      model.file
        ? { ...model, file: { ...model.file, url: new URL(model.file.url.slice(1), base).href } }
        : model,
    );
  } catch (error) {
    if (signal?.aborted) throw errorOfAbort(signal);
    if (error instanceof DioramaError) throw error;
    throw unlisted('it cannot be reached, or its answer is no list of models', error);
  }
}

function unlisted(why: string, cause?: unknown): DioramaError {
  const message = `The server's list of models cannot be loaded: ${why}.`;
  return new DioramaError('SOURCE_UNAVAILABLE', message, { cause });
}
