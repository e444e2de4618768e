import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

// A server that does nothing else, in a thread of its own: how long it takes to answer is what the machine makes of it.
const server = createServer((_request, response) => {
  response.end('{"status":"ready"}');
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage(server.address()));
