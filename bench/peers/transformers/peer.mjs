// A measured peer. First message: the folder of a model. Then photos' bytes: it estimates the depth of each by its
// pipeline's default call, so many at once as are asked for, and answers what that took and how long its event loop
// stood still meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { env, pipeline } from '@huggingface/transformers';

env.allowRemoteModels = false;
env.allowLocalModels = true;

const NS_PER_MS = 1e6;
const US_PER_MS = 1e3;
let estimate;

process.on('message', async (message) => {
  try {
    process.send?.('folder' in message ? await open(message) : await measure(message));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});

async function open({ folder }) {
  estimate = await pipeline('depth-estimation', folder, { dtype: 'fp32', device: 'cpu' });
  return { isOpen: true };
}

async function measure({ jpegs, inFlight }) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let next = 0;
  const sizes = [];
  const work = async () => {
    while (next < jpegs.length) {
      const at = next++;
      const { depth } = await estimate(new Blob([jpegs[at]]));
      sizes[at] = { width: depth.width, height: depth.height };
    }
  };
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, work));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  delay.disable();
  const loopDelayMs = { p99: delay.percentile(99) / NS_PER_MS, most: delay.max / NS_PER_MS };
  return { wallMs, cpuMs: (user + system) / US_PER_MS, sizes, loopDelayMs };
}
