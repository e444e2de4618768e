const LOOPBACK = /^(127(\.\d{1,3}){3}|\[?::1\]?|([a-z0-9-]+\.)*localhost)$/i;

/** Whether a host name or address means this very machine: localhost and the names below it, 127.0.0.0/8, ::1. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
