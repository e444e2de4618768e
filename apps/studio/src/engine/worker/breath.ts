/** Between two looks at whether what is being made is still wanted. */
const LOOK_EVERY_MS = 24;

/** Lets messages come in and go out, of which one may say that nobody waits any more: then its reason is thrown. */
export async function breath(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });
  signal.throwIfAborted();
}

/** Goes through steps of which there may be many, one set after another, and takes a breath now and then. */
export class StepWalk {
  readonly #signal: AbortSignal;
  #lookedAt = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** What the last step gives. */
  async through<Made>(steps: Generator<undefined, Made>): Promise<Made> {
    for (let step = steps.next(); ; step = steps.next()) {
      if (performance.now() - this.#lookedAt > LOOK_EVERY_MS) {
        await breath(this.#signal);
        this.#lookedAt = performance.now();
      }
      if (step.done) return step.value;
    }
  }
}
