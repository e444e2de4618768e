declare module 'autocannon' {
  interface AutocannonRequest {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Buffer;
    readonly onResponse?: (
      status: number,
      body: string,
      context: object,
      headers: Readonly<Record<string, string>>,
    ) => void;
  }

  interface AutocannonOptions {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    /** Requests in all, instead of a duration. */
    readonly amount?: number;
    /** Seconds. */
    readonly timeout: number;
    readonly requests: readonly AutocannonRequest[];
  }

  interface AutocannonRun extends PromiseLike<unknown> {
    on(
      event: 'response',
      listener: (client: object, status: number, bytes: number, latencyMs: number) => void,
    ): void;
    on(event: 'reqError', listener: (error: Error) => void): void;
  }

  function autocannon(options: AutocannonOptions): AutocannonRun;
  export = autocannon;
}
