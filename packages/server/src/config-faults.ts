import { isLoopbackHost } from './loopback.ts';
import { nearestName } from './nearest-name.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of the command line, which may stand in the environment of a server too. */
const OF_OTHERS: ReadonlySet<string> = new Set(['DIORAMA_MIRROR', 'DIORAMA_DEBUG']);

/** What Kubernetes and Docker put into each container for a service that happens to be called diorama, or diorama-something. */
const OF_PLATFORM_NAME =
  /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/;
const OF_PLATFORM_VALUE = /^(tcp|udp|sctp):\/\//;

/** One line for each name that looks like a setting and is none. A slip of the pen would otherwise pass unseen. */
export function unknownNameFaults(env: Environment, known: readonly string[]): readonly string[] {
  return Object.entries(env)
    .filter(([name, value]) => {
      if (!name.startsWith('DIORAMA_') || !value) return false;
      if (known.includes(name) || OF_OTHERS.has(name)) return false;
      return !OF_PLATFORM_NAME.test(name) && !OF_PLATFORM_VALUE.test(value);
    })
    .map(([name]) => {
      const meant = nearestName(name, known);
      return `${name} is no setting${meant === undefined ? '' : ` (${meant} is)`}`;
    });
}

/** The line against a server that anybody on the network could use by mistake. */
export function opennessFaults(env: Environment): readonly string[] {
  const { DIORAMA_HOST: host, DIORAMA_KEYS: keys, DIORAMA_OPEN: open } = env;
  if (keys || open || !host || isLoopbackHost(host)) return [];
  return [
    'DIORAMA_HOST opens the server to the network, and it has no keys: set DIORAMA_KEYS to a file of keys (diorama keys create), or DIORAMA_OPEN to yes if anybody may use it',
  ];
}

/** The line against webhooks that nobody could trust. */
export function webhookFaults(env: Environment): readonly string[] {
  if (!env['DIORAMA_WEBHOOK_HOSTS'] || env['DIORAMA_WEBHOOK_SECRET']) return [];
  return ['DIORAMA_WEBHOOK_HOSTS wants DIORAMA_WEBHOOK_SECRET, by which webhooks are signed'];
}
