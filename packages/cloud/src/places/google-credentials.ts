import { DioramaError } from '@diorama/core';
import { errorOfAbort, timeoutSignal } from '@diorama/runtime';
import { type AuthClient, GoogleAuth } from 'google-auth-library';

/** What a place is shown, so that it lets pictures in. */
export interface Credentials {
  /** Headers of one request. @throws DioramaError `CONFIG_INVALID` that says what to do, `PREDICTOR_UNAVAILABLE`, the signal's reason */
  readonly headers: (signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
  /** Takes nothing of what was shown for good any more; once for all requests that were refused with the same. */
  readonly renew: (shown: Readonly<Record<string, string>>) => void;
}

/** For places that ask for nothing. */
export const NO_CREDENTIALS: Credentials = { headers: async () => ({}), renew: () => undefined };

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
/** A token server that is slower than this is not there. */
const TOKEN_TIMEOUT_MS = 10_000;

/** Access tokens of the application's default credentials, for Vertex AI. */
export function accessTokens(): Credentials {
  return openCredentials(() => new GoogleAuth({ scopes: SCOPE }).getClient());
}

/** ID tokens of the same for one audience, for Cloud Run. */
export function idTokens(audience: string): Credentials {
  return openCredentials(() => new GoogleAuth().getIdTokenClient(audience));
}

/** The library keeps a token until shortly before its end, and asks for a new one then. */
function openCredentials(open: () => Promise<AuthClient>): Credentials {
  let client: Promise<AuthClient> | undefined;
  let shownLast: string | undefined;

  async function ask(): Promise<string> {
    client ??= open();
    const authorization = (await (await client).getRequestHeaders()).get('authorization');
    if (authorization === null) throw new Error('no token');
    return authorization;
  }

  return {
    headers: async (signal) => {
      try {
        const authorization = await within(ask(), signal);
        shownLast = authorization;
        return { authorization };
      } catch (cause) {
        if (signal.aborted) throw errorOfAbort(signal);
        // Another key file, or a metadata server that has come up, is found by a new client alone.
        client = undefined;
        throw noToken(cause);
      }
    },
    renew: ({ authorization }) => {
      if (authorization === shownLast) client = undefined;
    },
  };
}

/** The outcome, unless the signal or the timeout is sooner; the library listens to neither. */
async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const either = AbortSignal.any([signal, timeoutSignal(TOKEN_TIMEOUT_MS)]);
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(either.reason);
    if (either.aborted) stop();
    either.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => either.removeEventListener('abort', stop));
  });
}

/** Texts of the library may quote tokens and files; they go nowhere. */
function noToken(cause: unknown): DioramaError {
  const line =
    'No token of Google Cloud could be had for the predictor: give the machine a service account, or set ' +
    'GOOGLE_APPLICATION_CREDENTIALS to the key file of one.';
  const name = cause instanceof Error ? cause.name : typeof cause;
  // A token server that is away comes back; credentials that are not there do not.
  const code = isNoneThere(cause) ? 'CONFIG_INVALID' : 'PREDICTOR_UNAVAILABLE';
  return new DioramaError(code, line, { detail: { reason: name } });
}

function isNoneThere(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    /^(Could not load the default credentials|Unable to read the credential file)/.test(
      cause.message,
    )
  );
}
