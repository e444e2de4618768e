import { BlockList, isIP } from 'node:net';

/** IPv4 that is nobody's on the open internet (RFC 6890 and the registry of special addresses), with its prefix. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Looks public; answers every Azure machine with its own secrets.
  ['168.63.129.16', 32],
] as const;

/**
 * The part of IPv6 that is handed out at all. What is outside of it holds every mapped, compatible, translated
 * (64:ff9b::/96, 64:ff9b:1::/48), unique local, link-local, site-local and multicast address.
 */
const GLOBAL_IPV6 = ['2000::', 3] as const;

/** Inside of it: protocols, Teredo and benchmarks; documentation; 6to4. Some of these carry an IPv4 address. */
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_IPV6) special.addSubnet(network, prefix, 'ipv6');
const global = new BlockList();
global.addSubnet(...GLOBAL_IPV6, 'ipv6');

/** Whether an IP address is one of the open internet: not private, not this machine's, not special in any way. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address, 'ipv4');
  return version === 6 && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
