import { DioramaError } from '@diorama/core';
import type { PullOptions } from '@diorama/runtime';

const STORAGE = 'https://storage.googleapis.com';
const BUCKET_PATH = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,221})(\/.*)?$/;
const READ_SCOPE = 'https://www.googleapis.com/auth/devstorage.read_only';

/**
 * A mirror's prefix as the pull takes it. A bucket of Google Cloud Storage is reached over https, with the machine's own
 * credentials where there are any: public buckets need none.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function mirrorOf(
  prefix: string,
  env: Readonly<Record<string, string | undefined>>,
): Pick<PullOptions, 'mirror' | 'authorize'> {
  if (!prefix.startsWith('gs:')) return { mirror: prefix };
  const [, bucket, path = ''] = BUCKET_PATH.exec(prefix) ?? [];
  if (!bucket) {
    throw new DioramaError(
      'REQUEST_INVALID',
      'A mirror in a bucket is gs://bucket or gs://bucket/path',
    );
  }
  // An object's name may hold what means something else in an address.
  const place = `${bucket}${path.split('/').map(encodeURIComponent).join('/')}`;
  const emulator = env['STORAGE_EMULATOR_HOST'];
  // Nobody's credentials are for an emulator.
  if (emulator) return { mirror: `${withScheme(emulator)}/${place}` };
  let headers: ReturnType<typeof findHeaders> | undefined;
  const authorize: PullOptions['authorize'] = async (url) => {
    headers ??= findHeaders();
    return (await headers)(url);
  };
  return { mirror: `${STORAGE}/${place}`, authorize };
}

function withScheme(host: string): string {
  const address = /^https?:\/\//.test(host) ? host : `http://${host}`;
  return address.replace(/\/$/, '');
}

/** What asks Google's library for headers, or for nothing where the machine has no credentials. */
async function findHeaders(): Promise<NonNullable<PullOptions['authorize']>> {
  const { GoogleAuth } = await import('google-auth-library');
  // Left to itself the library asks another service for the project, which does not matter here.
  const auth = new GoogleAuth({ scopes: [READ_SCOPE], projectId: 'any' });
  try {
    const client = await auth.getClient();
    return async (url) => {
      try {
        return Object.fromEntries(await client.getRequestHeaders(url));
      } catch (error) {
        throw refused(error);
      }
    };
  } catch (error) {
    if (isNoneFound(error)) return async () => ({});
    throw refused(error);
  }
}

function isNoneFound(error: unknown): boolean {
  return (
    error instanceof Error && error.message.startsWith('Could not load the default credentials')
  );
}

/** The library's own words may quote what is secret. */
function refused(error: unknown): DioramaError {
  return new DioramaError(
    'SOURCE_UNAVAILABLE',
    "Google's credentials on this machine are not usable; gcloud auth application-default login renews them",
    { cause: error },
  );
}
