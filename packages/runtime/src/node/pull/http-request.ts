import { PassingTrouble, unavailable } from './pull-trouble.ts';
import { isFetchable, isLoopbackHttp, shownAddress } from './web-address.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Answers that are about this moment and not about the file. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface HttpRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Go to the host of `url` and to no other. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  /** From the request to the answer's headers, in milliseconds. */
  readonly headersMs: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly response: Response;
  /** Ends the connection. */
  readonly close: () => void;
}

/**
 * One GET whose redirects are followed by hand, so that none leads to plain http or takes a secret along.
 * @throws DioramaError `SOURCE_UNAVAILABLE` for what will not pass, `PassingTrouble` for what may; or the signal's
 *   reason.
 */
export async function requestFile(request: HttpRequest): Promise<HttpAnswer> {
  let url = request.url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await requestOnce(request, url);
    const { status } = answer.response;
    if (!REDIRECTS.has(status)) {
      if (status === 200 || status === 206 || status === 416) return answer;
      answer.close();
      throw refusalOf(answer);
    }
    answer.close();
    url = nextAddress(url, answer.response.headers.get('location'));
  }
  throw unavailable(
    `${shownAddress(request.url)} leads on through more than ${MOST_REDIRECTS} redirects`,
  );
}

async function requestOnce(request: HttpRequest, url: URL): Promise<HttpAnswer> {
  const { signal, headersMs } = request;
  signal.throwIfAborted();
  const connection = new AbortController();
  const late = new PassingTrouble(
    `${shownAddress(url)} did not answer within ${headersMs / 1000} s`,
    {},
  );
  const timer = setTimeout(() => connection.abort(late), headersMs);
  const isOwnHost = url.origin === request.url.origin;
  try {
    const response = await fetch(withoutCredentials(url), {
      redirect: 'manual',
      headers: {
        // A resumed file is counted in the bytes that were stored, not in those of a compression.
        'accept-encoding': 'identity',
        'user-agent': 'diorama',
        ...request.headers,
        ...(isOwnHost ? { ...credentialsOf(request.url), ...request.ownHeaders } : {}),
      },
      signal: AbortSignal.any([signal, connection.signal]),
    });
    return { url, response, close: () => connection.abort() };
  } catch (error) {
    signal.throwIfAborted();
    if (error === late) throw late;
    throw new PassingTrouble(`${url.host} cannot be reached${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` takes no address with a name and a password in it. */
function withoutCredentials(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/**
 * Where a redirect leads.
 * @throws DioramaError `SOURCE_UNAVAILABLE` when that is no place to follow it to.
 */
export function nextAddress(from: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, from.href)) {
    throw unavailable(`${shownAddress(from)} leads on to no address that can be read`);
  }
  const to = new URL(location, from);
  // A server elsewhere has no business with what listens on this machine.
  if (isFetchable(to) && (!isLoopbackHttp(to) || isLoopbackHttp(from))) return to;
  throw unavailable(`${shownAddress(from)} leads on to ${to.host}, which is not https`);
}

function refusalOf({ url, response }: HttpAnswer): Error {
  const { status } = response;
  const text = `${shownAddress(url)} answers ${status}`;
  if (PASSING.has(status)) {
    return new PassingTrouble(text, { retryAfterMs: retryAfterOf(response) });
  }
  return unavailable(text);
}

/** What `Retry-After` says, in seconds or as a date, in milliseconds from now. */
function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/** Why the connection failed, in the system's word, such as ECONNREFUSED: Node hides it one cause deeper. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
