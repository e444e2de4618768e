import { exitCodeOf, problemOf } from '@diorama/contract';
import { loadConfig } from './config.ts';
import { runService } from './service.ts';

const SECOND_SIGNAL_EXIT_CODE = 130;

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Whoever asks twice does not want to wait for open requests.
      if (stop.signal.aborted) process.exit(SECOND_SIGNAL_EXIT_CODE);
      stop.abort();
    });
  }
  try {
    const config = loadConfig(process.env);
    const say = (line: string) => console.log(line);
    const complain = (line: string) => console.error(line);
    return await runService(config, { say, complain, stop: stop.signal });
  } catch (error) {
    console.error(problemOf(error).detail);
    return exitCodeOf(error);
  }
}

process.exit(await main());
