/** What of gifenc is used; it brings no types of its own. */
declare module 'gifenc' {
  /** Red, green, blue, 0..255. */
  export type GifColour = readonly [number, number, number];

  export interface GifFrameOptions {
    readonly palette?: readonly GifColour[];
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** Milliseconds, written in hundredths of a second. */
    readonly delay?: number;
    /** 0 for ever, -1 once. */
    readonly repeat?: number;
    /** 1: what follows is drawn over it. */
    readonly dispose?: number;
  }

  export interface GifStream {
    writeFrame(index: Uint8Array, width: number, height: number, options: GifFrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
    readonly stream: { reset(): void };
  }

  export function GIFEncoder(options?: { readonly initialCapacity?: number }): GifStream;
  export function quantize(
    rgba: Uint8Array | Uint8ClampedArray,
    colours: number,
    options?: { readonly format?: 'rgb565' | 'rgb444' },
  ): GifColour[];
}
