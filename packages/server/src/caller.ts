/** Whoever sends a request, as far as the server tells callers apart. */
export interface Caller {
  /** Id of the API key; the same for all callers of an open server. Never the key itself. */
  readonly id: string;
}

/** Everybody, on a server without keys. */
export const OPEN_CALLER: Caller = { id: 'open' };
