import type { IncomingHttpHeaders } from 'node:http';

/** How many bytes a request says that its body has; nothing where it does not say. */
export function announcedBytes(headers: IncomingHttpHeaders): number | undefined {
  const announced = headers['content-length'];
  return announced === undefined ? undefined : Number(announced);
}
