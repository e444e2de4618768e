import { createDiorama, type Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';

/** The real service with the real engine on loopback, and the studio that it serves. */
export interface StudioServer {
  readonly origin: string;
  readonly diorama: Diorama;
  close(): Promise<void>;
}

/** Starts it. `STUDIO_FOLDER` is another build of the studio than the usual one. */
export async function startStudioServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<StudioServer> {
  const diorama = await createDiorama();
  const config = loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...settings });
  const { STUDIO_FOLDER: studioFolder } = process.env;
  const app = buildApp(config, { diorama, ...(studioFolder ? { studioFolder } : {}) });
  const address = await app.listen({ port: 0, host: config.host });
  return {
    origin: `http://localhost:${new URL(address).port}`,
    diorama,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await diorama.dispose();
    },
  };
}
