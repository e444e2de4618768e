/** One that waits, and what it is held to cost. */
export interface Queued<T> {
  readonly item: T;
  readonly callerId: string;
  readonly cost: number;
}

interface Entry<T> extends Queued<T> {
  /** When it would begin on a machine that serves all callers side by side. */
  startTag: number;
  readonly arrival: number;
}

interface Flow<T> {
  /** In the order in which they came. */
  readonly entries: Entry<T>[];
  /** When the last one that was taken would be done on that machine. */
  servedUntil: number;
}

/** Where the next one of a caller would stand. */
export interface Standing {
  /** How many go before it. */
  readonly position: number;
  /** What they cost together. */
  readonly costAhead: number;
}

/**
 * A queue that is fair between callers by what their work costs: start-time fair queueing (Goyal, Vin and Cheng,
 * "Start-time Fair Queueing", SIGCOMM 1996, section 2), with one flow for each caller and equal weights. Who sends one
 * photo beside somebody's hundred waits for about one of them. One that leaves the queue is not charged for.
 */
export class FairQueue<T> {
  /** By start tag; among equals, who came first. */
  readonly #order: Entry<T>[] = [];
  readonly #flows = new Map<string, Flow<T>>();
  #virtualTime = 0;
  #arrivals = 0;

  get length(): number {
    return this.#order.length;
  }

  /** All that wait, who goes first comes first. */
  get order(): readonly Queued<T>[] {
    return this.#order;
  }

  /** Queues one. `cost` is more than 0, in any unit. */
  add(item: T, callerId: string, cost: number): Queued<T> {
    const flow = this.#flows.get(callerId) ?? { entries: [], servedUntil: 0 };
    this.#flows.set(callerId, flow);
    this.#arrivals += 1;
    const startTag = this.#nextTag(flow);
    const entry = { item, callerId, cost, startTag, arrival: this.#arrivals };
    flow.entries.push(entry);
    this.#order.push(entry);
    this.#sort();
    return entry;
  }

  /** Whoever goes next of those that may; nothing when nobody does. */
  take(mayGo: (item: T) => boolean = () => true): T | undefined {
    const place = this.#order.findIndex(({ item }) => mayGo(item));
    const [entry] = place < 0 ? [] : this.#order.splice(place, 1);
    if (entry === undefined) return undefined;
    const flow = this.#flows.get(entry.callerId);
    // Who was passed by keeps its tag, and so its place before all who come now.
    this.#virtualTime = Math.max(this.#virtualTime, entry.startTag);
    if (flow) {
      flow.entries.splice(flow.entries.indexOf(entry), 1);
      flow.servedUntil = Math.max(flow.servedUntil, entry.startTag + entry.cost);
    }
    this.#forgetFlows();
    return entry.item;
  }

  /** Takes one out that does not want to wait any longer; whether it was waiting still. */
  remove(queued: Queued<T>): boolean {
    const entry = queued as Entry<T>; // `add` makes no other
    const place = this.#order.indexOf(entry);
    if (place < 0) return false;
    this.#order.splice(place, 1);
    const flow = this.#flows.get(queued.callerId);
    if (flow) {
      flow.entries.splice(flow.entries.indexOf(entry), 1);
      this.#retag(flow);
    }
    this.#forgetFlows();
    return true;
  }

  /** Where the next one of a caller would stand. */
  standingOf(callerId: string): Standing {
    const flow = this.#flows.get(callerId);
    const tag = flow === undefined ? this.#virtualTime : this.#nextTag(flow);
    let position = 0;
    let costAhead = 0;
    for (const { startTag, cost } of this.#order) {
      if (startTag > tag) break;
      position += 1;
      costAhead += cost;
    }
    return { position, costAhead };
  }

  #nextTag({ entries, servedUntil }: Flow<T>): number {
    const last = entries.at(-1);
    return last ? last.startTag + last.cost : Math.max(this.#virtualTime, servedUntil);
  }

  #retag({ entries, servedUntil }: Flow<T>): void {
    let tag = Math.max(this.#virtualTime, servedUntil);
    for (const entry of entries) {
      entry.startTag = tag;
      tag += entry.cost;
    }
    this.#sort();
  }

  #sort(): void {
    this.#order.sort((a, b) => a.startTag - b.startTag || a.arrival - b.arrival);
  }

  /** Callers who had no more than their share are as good as new; when nobody waits, all are. */
  #forgetFlows(): void {
    const isIdle = this.#order.length === 0;
    for (const [callerId, { entries, servedUntil }] of this.#flows) {
      if (isIdle) this.#virtualTime = Math.max(this.#virtualTime, servedUntil);
      if (isIdle || (entries.length === 0 && servedUntil <= this.#virtualTime)) {
        this.#flows.delete(callerId);
      }
    }
  }
}
