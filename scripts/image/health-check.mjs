// Exits 0 while the container answers photos, for HEALTHCHECK and for probes that run a command: no curl, no shell.
// It asks where the platform asks, and the server's own route when the container runs `serve`.
import { get } from 'node:http';

const TIMEOUT_MS = 5000;
const OK = 200;
const NOT_FOUND = 404;
const port = Number(process.env.AIP_HTTP_PORT || process.env.PORT || 8080);
const routes = process.env.AIP_HEALTH_ROUTE
  ? [process.env.AIP_HEALTH_ROUTE]
  : ['/health', '/readyz'];

function statusOf(path) {
  return new Promise((resolve, reject) => {
    const asked = get({ host: '127.0.0.1', port, path, timeout: TIMEOUT_MS }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('timeout', () => asked.destroy(new Error('No answer in time.')));
    asked.on('error', reject);
  });
}

async function isHealthy() {
  for (const route of routes) {
    const status = await statusOf(route);
    if (status !== NOT_FOUND) return status === OK;
  }
  return false;
}

process.exitCode = await isHealthy().then(
  (healthy) => (healthy ? 0 : 1),
  () => 1,
);
