import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** Passes a request on to the same path of another server, and its answer back, as a proxy in front of it would. */
export function forward(request: IncomingMessage, response: ServerResponse, server: string): void {
  const { method, headers, url = '/' } = request;
  // Only path and query: the caller's address must not choose another host.
  const { pathname, search } = new URL(url, 'http://localhost');
  const { host: _, ...rest } = headers;
  const onward = ask(new URL(pathname + search, server), { method, headers: rest }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}
