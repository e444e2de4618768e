/** How much of a model's file has come, both in bytes. */
export interface LoadProgress {
  readonly received: number;
  readonly total: number;
}

/** A hundred steps show as well as a thousand, and cost the page a tenth. */
const STEPS = 100;

/**
 * The worker's end: tells the page of each hundredth, and of the end. A reading that begins anew, because what was kept
 * was damaged, tells it by a smaller number.
 */
export function progressTeller(
  port: MessagePort | undefined,
  total: number,
): (received: number) => void {
  let told = -1;
  return (received) => {
    const step = Math.floor((STEPS * Math.min(received, total)) / total);
    if (step === told) return;
    told = step;
    const progress: LoadProgress = { received: Math.min(received, total), total };
    port?.postMessage(progress);
  };
}

/** The page's end: a port for the worker, and a way to stop listening. */
export function listenForProgress(onProgress: (progress: LoadProgress) => void): {
  readonly port: MessagePort;
  readonly stop: () => void;
} {
  const { port1, port2 } = new MessageChannel();
  // The worker, the only one at the other end, sends nothing else.
  port1.onmessage = ({ data }: MessageEvent<LoadProgress>) => onProgress(data);
  return { port: port2, stop: () => port1.close() };
}
