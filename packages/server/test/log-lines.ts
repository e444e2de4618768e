/** A log stream that keeps its lines for the test to read. */
export class LogLines {
  readonly texts: string[] = [];

  write(text: string): void {
    this.texts.push(text);
  }

  /** The lines as objects; waits until there are `count` of them. */
  async read(count: number): Promise<Record<string, unknown>[]> {
    while (this.texts.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    return this.texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
}
