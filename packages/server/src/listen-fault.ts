import { DioramaError, isDioramaError } from '@diorama/core';

/** Why a socket could not be had, in one line that says what to do; any other error as it is. */
export function listenFault(
  { host, port }: { readonly host: string; readonly port: number },
  cause: unknown,
): unknown {
  if (isDioramaError(cause) || !(cause instanceof Error) || !('code' in cause)) return cause;
  const lines: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1}`,
    EACCES: `Port ${port} may not be used by this account. Choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set DIORAMA_HOST to one that it has.`,
    ENOTFOUND: `There is no host ${host}. Set DIORAMA_HOST to an address of this machine.`,
  };
  const line = lines[String(cause.code)];
  return line === undefined ? cause : new DioramaError('CONFIG_INVALID', line, { cause });
}
