import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@diorama/fixtures';

const MAIN = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const GARBAGE = fileURLToPath(new URL('./garbage-predictor.mjs', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** A predictor in a process of its own, on a port of loopback that it keeps. */
export class PredictorProcess {
  readonly origin: string;
  readonly #port: number;
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;

  private constructor(
    port: number,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#args = args;
    this.#env = env;
  }

  /** `diorama predictor` with the embedded model on one thread. */
  static async real(): Promise<PredictorProcess> {
    const env = {
      DIORAMA_HOST: '127.0.0.1',
      DIORAMA_THREADS: '1',
      DIORAMA_SESSIONS: '1',
      DIORAMA_PHOTO_WORKERS: '1',
      DIORAMA_LOG_LEVEL: 'silent',
    };
    return PredictorProcess.#started([MAIN, 'predictor'], env);
  }

  /** One whose health is perfect and whose answers never are; it learns from a real one what those look like. */
  static async garbage(real: PredictorProcess): Promise<PredictorProcess> {
    return PredictorProcess.#started([GARBAGE], { REAL_ORIGIN: real.origin });
  }

  static async #started(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<PredictorProcess> {
    const predictor = new PredictorProcess(await findFreePort(), args, env);
    predictor.start();
    await predictor.ready();
    return predictor;
  }

  /** Starts it, also once more after it was killed. */
  start(): void {
    this.#child = spawn(process.execPath, this.#args, {
      env: { PATH: process.env['PATH'], ...this.#env, AIP_HTTP_PORT: String(this.#port) },
      stdio: 'ignore',
    });
  }

  /** Waits until it says that it can predict. */
  async ready(): Promise<void> {
    const untilMs = performance.now() + READY_WITHIN_MS;
    while (performance.now() < untilMs) {
      const answer = await fetch(`${this.origin}/health`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.status === 200) return;
      await wait(50);
    }
    throw new Error(`${this.origin} was not ready in time`);
  }

  /** Stops it in the middle of whatever it does; its connections stay open. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it as the system does for want of memory: without a word. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
