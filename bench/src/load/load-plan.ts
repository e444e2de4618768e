/** One kind of request, sent again and again. */
export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
}

/** What a load generator is told, on its standard input, as JSON. */
export interface LoadPlan {
  readonly address: string;
  /** Sent in turn. */
  readonly requests: readonly PlannedRequest[];
  /**
   * `closed`: so many connections, each of which sends its next request once the last one is answered.
   * `open`: so many requests a second, whether or not earlier ones are answered, as a crowd would.
   */
  readonly shape:
    | { readonly kind: 'closed'; readonly connections: number }
    | { readonly kind: 'open'; readonly ratePerSecond: number };
  /** Requests are begun for so long, or until there were so many. */
  readonly durationMs: number;
  readonly maxRequests?: number;
}

/** One answer, on the clock of the generator since it began. */
export interface LoadAnswer {
  /** 0 when the connection failed. */
  readonly status: number;
  readonly sentAtMs: number;
  readonly latencyMs: number;
  readonly retryAfterSeconds?: number;
}

/** The answers within the time that was measured. */
export function answersBetween(
  answers: readonly LoadAnswer[],
  fromMs: number,
  toMs: number,
): LoadAnswer[] {
  return answers.filter(({ sentAtMs, latencyMs }) => {
    const answeredAtMs = sentAtMs + latencyMs;
    return answeredAtMs >= fromMs && answeredAtMs < toMs;
  });
}

/** Answers with this status in a second of a span that begins `fromMs` and ends `toMs` after the start. */
export function ratePerSecond(
  answers: readonly LoadAnswer[],
  status: number,
  [fromMs, toMs]: readonly [number, number],
): number {
  const good = answersBetween(answers, fromMs, toMs).filter((answer) => answer.status === status);
  return (good.length * 1000) / (toMs - fromMs);
}
