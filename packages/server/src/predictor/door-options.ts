import type { DoorOptions } from './door.ts';

const PORT = 8080;
const HOST = '0.0.0.0';
const HEALTH_ROUTE = '/health';

/**
 * Where the door is to open, read without what checks settings, which takes longer to load than the door. What is wrong
 * with them is found a moment later, and ends the predictor.
 */
export function readDoorOptions(env: Readonly<Record<string, string | undefined>>): DoorOptions {
  const port = Number(env['AIP_HTTP_PORT'] || env['PORT'] || PORT);
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  return {
    port: isPort ? port : 0,
    host: env['DIORAMA_HOST'] || HOST,
    healthRoute: env['AIP_HEALTH_ROUTE'] || HEALTH_ROUTE,
  };
}
