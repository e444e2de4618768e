import { DioramaError, isDioramaError } from '@diorama/core';

/** Statuses after which the same may work a moment later. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Whether what was asked of Cloud Storage may work when it is asked again. Failures of the network have no status. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined
    ? !isDioramaError(error) && !isAboutCredentials(error)
    : PASSING.has(status);
}

/**
 * A failure of Cloud Storage in one line, without what its library says of it, which names addresses and accounts.
 * `INPUT_NOT_FOUND`, `CONFIG_INVALID` for what credentials do not allow, `SOURCE_UNAVAILABLE` for all that may pass.
 */
export function storageFailure(error: unknown): DioramaError {
  if (isDioramaError(error)) return error;
  const status = statusOf(error);
  const [code, message] = inWords(status, error);
  return new DioramaError(code, message, {
    cause: error,
    ...(status === undefined ? {} : { detail: { status } }),
  });
}

function inWords(status: number | undefined, error: unknown): [DioramaError['code'], string] {
  if (status === 404) return ['INPUT_NOT_FOUND', 'Cloud Storage has no such bucket or object'];
  if (status === 401 || isAboutCredentials(error)) {
    const how =
      'run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS';
    return ['CONFIG_INVALID', `There are no credentials for Cloud Storage: ${how}`];
  }
  if (status === 403) {
    return ['CONFIG_INVALID', 'The credentials at hand do not allow this in Cloud Storage'];
  }
  if (status === 412) return ['SOURCE_UNAVAILABLE', 'Somebody else wrote this object meanwhile'];
  if (status !== undefined && !PASSING.has(status)) {
    return ['SOURCE_UNAVAILABLE', `Cloud Storage refused with status ${status}`];
  }
  return ['SOURCE_UNAVAILABLE', 'Cloud Storage cannot be reached'];
}

/** The status of an answer, as the library puts it into `code`; codes of the system are no numbers. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const status = Number(error.code);
  return Number.isInteger(status) && status >= 400 ? status : undefined;
}

/** google-auth-library says so in words only. */
function isAboutCredentials(error: unknown): boolean {
  return error instanceof Error && /default credentials|invalid_grant/i.test(error.message);
}
