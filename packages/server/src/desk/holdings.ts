/** What one ticket holds of the desk. */
export interface Holding {
  /** Bytes that its caller sends, and once they are made those of its answer. */
  bytes: number;
  /** Of its photo while it waits or is in work, else 0. */
  pixels: number;
  /** Whether its photo has not begun to be worked on: it is uploading, or waits. */
  isPending: boolean;
}

/** Adds up what all tickets of a desk hold. */
export class Holdings {
  readonly #open = new Map<Holding, string>();

  /** Tickets that were not given back. */
  get tickets(): number {
    return this.#open.size;
  }

  get bytes(): number {
    return this.#sum(({ bytes }) => bytes);
  }

  get pixels(): number {
    return this.#sum(({ pixels }) => pixels);
  }

  /** Tickets whose photo has not begun, of all callers or of one. */
  pendingOf(callerId?: string): number {
    let count = 0;
    for (const [{ isPending }, id] of this.#open) {
      if (isPending && (callerId === undefined || callerId === id)) count += 1;
    }
    return count;
  }

  open(callerId: string, bytes: number): Holding {
    const holding = { bytes, pixels: 0, isPending: true };
    this.#open.set(holding, callerId);
    return holding;
  }

  close(holding: Holding): void {
    this.#open.delete(holding);
  }

  #sum(figure: (holding: Holding) => number): number {
    let sum = 0;
    for (const holding of this.#open.keys()) sum += figure(holding);
    return sum;
  }
}
