/** Writes one file picture by picture. Pictures are drawn on one canvas, and taken from it before `add` settles. */
export interface MovieWriter {
  /** Looks at some pictures beforehand, at these moments of the loop; none for most formats. */
  readonly studies: readonly number[];
  study(canvas: OffscreenCanvas): void;
  /** Takes the picture that is on the canvas. Settles when there is room for another. */
  add(canvas: OffscreenCanvas, index: number): Promise<void>;
  finish(): Promise<Blob>;
}
