import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { DioramaError } from '@diorama/core';
import { untilAborted } from '../deadline.ts';
import { checkDestination, refused } from './destination.ts';
import { OPEN_INTERNET, type OutboundNet } from './outbound-net.ts';

/** Where requests that a caller asks for may go. */
export interface OutboundPolicy {
  /** Hosts with optional ports, in lower case, `*.name` and `*` among them. */
  readonly hosts: readonly string[];
  /** How lines for the person begin, such as "The photo's address". */
  readonly what: string;
  /** The open internet, unless a test says otherwise. */
  readonly net?: OutboundNet | undefined;
}

/** One request to an address that somebody else chose. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Ends the request and the reading of its answer; whoever asks gives it a deadline. */
  readonly signal: AbortSignal;
}

/**
 * Sends one request to an address that the policy allows, and answers with the response once its headers are there. Its
 * host is resolved once, every address of it is checked, and the connection goes to those addresses and no others, so
 * that a name which changes its mind leads nowhere. Redirects are not followed. The caller reads or destroys the body.
 * @throws DioramaError `REQUEST_INVALID`, `ADDRESS_REFUSED`, `SOURCE_UNAVAILABLE`; or the signal's reason
 */
export async function openOutbound(
  address: string,
  policy: OutboundPolicy,
  { method, headers, body, signal }: OutboundRequest,
): Promise<IncomingMessage> {
  const url = checkDestination(address, policy.hosts, policy.what);
  signal.throwIfAborted();
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await checkedAddresses(hostname, policy, signal);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const outgoing = send({
    method,
    hostname,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: { 'user-agent': 'diorama', 'accept-encoding': 'identity', ...headers },
    lookup: pinnedTo(addresses),
    // A connection that is kept would be taken again without its address being checked.
    agent: false,
    signal,
  });
  try {
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]; // as Node says
    // Whoever reads the body hears of a failure there; whoever does not must not be ended by it.
    outgoing.on('error', () => undefined);
    return response;
  } catch (cause) {
    outgoing.destroy();
    signal.throwIfAborted();
    throw unavailable(`${policy.what} cannot be reached.`, cause);
  }
}

/** The failure of the other side; never quotes its address. */
export function unavailable(line: string, cause?: unknown): DioramaError {
  return new DioramaError('SOURCE_UNAVAILABLE', line, cause === undefined ? {} : { cause });
}

async function checkedAddresses(
  hostname: string,
  { what, net = OPEN_INTERNET }: OutboundPolicy,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const addresses = isIP(hostname) ? [hostname] : await resolveHost(hostname, what, net, signal);
  if (addresses.every(net.isAllowed)) return addresses;
  throw refused(`${what} is not on the open internet.`);
}

async function resolveHost(
  hostname: string,
  what: string,
  net: OutboundNet,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await untilAborted(net.resolve(hostname), signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw unavailable(`${what} is of a host that cannot be found.`, cause);
  }
  if (addresses.length > 0) return addresses;
  throw unavailable(`${what} is of a host that cannot be found.`);
}

/** A look-up that knows what was checked, and nothing else. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, { all }, answer) => {
    const [first] = answers;
    if (all || first === undefined) answer(null, answers);
    else answer(null, first.address, first.family);
  };
}
