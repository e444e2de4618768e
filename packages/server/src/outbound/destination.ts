import { DioramaError } from '@diorama/core';
import { matchesHost } from '../host-patterns.ts';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** An entry of the operator's list; IPv6 addresses stand in brackets. */
const HOST_AND_PORT = /^(\[.*\]|[^:]*)(?::(\d+))?$/;

/**
 * An address that the operator's list allows: http or https, no name and password in it, the host on the list, the port
 * that of the protocol unless the list says another. `what` begins the line for the person, such as "The photo's address".
 * @throws DioramaError `REQUEST_INVALID` for what is no such address, `ADDRESS_REFUSED` for what is not on the list
 */
export function checkDestination(address: string, hosts: readonly string[], what: string): URL {
  if (!URL.canParse(address)) throw invalid(`${what} is not an address that can be read.`);
  const url = new URL(address);
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined) throw invalid(`${what} must begin with http:// or https://.`);
  if (url.username !== '' || url.password !== '') {
    throw invalid(`${what} must not hold a name or a password.`);
  }
  const port = url.port === '' ? defaultPort : url.port;
  const allowed = hosts.flatMap((entry) => {
    const [, host = '', ownPort = defaultPort] = HOST_AND_PORT.exec(entry) ?? [];
    return ownPort === port ? [host] : [];
  });
  if (matchesHost(allowed, url.hostname)) return url;
  throw refused(`${what} is not of a host that this server's operator allows.`);
}

/** The refusal of an address that must not be reached; says nothing of it. */
export function refused(line: string): DioramaError {
  return new DioramaError('ADDRESS_REFUSED', line);
}

function invalid(line: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', line);
}
