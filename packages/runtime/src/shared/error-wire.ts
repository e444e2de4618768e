import { DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';

/** A thrown value in a form that structured cloning keeps whole. */
export interface ErrorWire {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  /** For logs: stack and causes, as text only. */
  readonly trace: string;
}

/** The stack of a thrown value and of its causes as text, at most eight causes deep. */
export function traceOf(error: unknown): string {
  const lines: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current !== undefined; depth += 1) {
    if (!(current instanceof Error)) {
      lines.push(String(current));
      break;
    }
    lines.push(current.stack ?? current.message);
    current = current.cause;
  }
  return lines.join('\ncaused by ');
}

/** Packs a thrown value for another thread. What Diorama did not throw on purpose becomes `INTERNAL`. */
export function errorToWire(error: unknown): ErrorWire {
  const trace = traceOf(error);
  if (isDioramaError(error)) {
    return { code: error.code, message: error.message, detail: { ...error.detail }, trace };
  }
  return { code: 'INTERNAL', message: 'A task failed inside its worker.', detail: {}, trace };
}

/** Unpacks an error from another thread; its cause is the text of the trace. */
export function errorFromWire(wire: ErrorWire): DioramaError {
  return new DioramaError(wire.code, wire.message, { cause: wire.trace, detail: wire.detail });
}
