import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

/** What outbound requests know of the network; tests hand in one of their own. */
export interface OutboundNet {
  /** All IP addresses of a host. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Whether an IP address may be connected to. */
  readonly isAllowed: (address: string) => boolean;
}

/** The system's names, and nothing but the open internet behind them. */
export const OPEN_INTERNET: OutboundNet = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
};
