/** How each cell of the working grid is filled; the transfer to the photo's size follows it. */
export interface FillPlan {
  readonly width: number;
  readonly height: number;
  /** 0..1 per cell: how much of the fill shows; 0 outside the hole and at its rim. */
  readonly share: Float32Array;
  /** From a cell of the hole to the cell whose texture it shows. Absent where no texture is copied. */
  readonly offsets?: { readonly columns: Int16Array; readonly rows: Int16Array };
  /** 3 samples per cell: what is added to the copied texture, or, where nothing is copied, the colour itself. */
  readonly colour: Float32Array;
}
