import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { DioramaError } from '@diorama/core';

/** Networks of one's own: loopback, RFC 1918, carriers' (RFC 6598), link-local, and the same in IPv6. */
const OWN = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  OWN.addSubnet(network, prefix, 'ipv4');
}
OWN.addAddress('::1', 'ipv6');
OWN.addSubnet('fc00::', 7, 'ipv6');
OWN.addSubnet('fe80::', 10, 'ipv6');

/** Names that mean something in one's own network alone: of one word, and below `internal`, `local` and `localhost`. */
const LOCAL_NAME = /^([a-z0-9_-]+\.)*(internal|local|localhost)$|^[a-z0-9_-]+$/i;

/** Whether an IP address is of this machine or of a network of one's own. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && OWN.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a host name is one that no name server of the internet knows. */
export function isLocalName(host: string): boolean {
  return isIP(host) === 0 && LOCAL_NAME.test(host);
}

/** Looks a name up and refuses an address that is not of one's own network, whatever the name promised. */
export const lookUpPrivate: LookupFunction = (host, options, answer) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const own = found?.filter(({ address }) => isPrivateAddress(address)) ?? [];
    const [first] = own;
    if (error === null && first !== undefined) {
      if (options.all) answer(null, own);
      else answer(null, first.address, first.family);
      return;
    }
    const line = 'The name of the predictor leads out of your network: use https.';
    answer(error ?? new DioramaError('CONFIG_INVALID', line), '');
  });
};
