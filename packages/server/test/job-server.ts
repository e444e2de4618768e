import { jobDocumentSchema, problemDocumentSchema } from '@diorama/contract';
import type { Diorama } from '@diorama/engine';
import { type AppParts, buildApp, loadConfig } from '@diorama/server';
import { LogLines } from './log-lines.ts';

type App = ReturnType<typeof buildApp>;

/** A server that listens, and what a caller of its jobs does. */
export interface JobServer {
  readonly app: App;
  readonly lines: LogLines;
  readonly address: string;
  /** Any request below `/v1/jobs/`. */
  readonly call: (path: string, init?: RequestInit) => Promise<Response>;
  readonly put: (
    path: string,
    photo?: Uint8Array<ArrayBuffer>,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

const open = new Set<App>();

/** Starts one on a free port of this machine. */
export async function startJobs(
  diorama: Diorama | Promise<Diorama>,
  env: Record<string, string> = {},
  parts: Pick<AppParts, 'net'> = {},
): Promise<JobServer> {
  const lines = new LogLines();
  // Jobs that a test left at work are not waited for.
  const config = loadConfig({ DIORAMA_DRAIN_MS: '50', DIORAMA_LOG_LEVEL: 'info', ...env });
  const app = buildApp(config, { diorama, logStream: lines, ...parts });
  open.add(app);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const call = (path: string, init: RequestInit = {}) => fetch(`${address}/v1/jobs/${path}`, init);
  const put = (path: string, photo = new Uint8Array([1, 2, 3]), headers = {}) =>
    call(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: photo,
    });
  return { app, lines, address, call, put };
}

/** Ends all that were started. */
export async function stopJobs(): Promise<void> {
  for (const app of open) {
    app.server.closeAllConnections();
    await app.close();
  }
  open.clear();
}

/** The job that an answer tells of, checked by its schema. */
export async function jobIn(answer: Response) {
  return jobDocumentSchema.parse(await answer.json());
}

/** The code of the problem that an answer is, checked by its schema. */
export async function codeIn(answer: Response) {
  return problemDocumentSchema.parse(await answer.json()).code;
}

/** Asks again until a job is over. */
export async function untilOver({ call }: JobServer, id: string, headers = {}) {
  for (;;) {
    const job = await jobIn(await call(id, { headers }));
    if (job.keptUntil !== undefined) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
