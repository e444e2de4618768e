/** One plane of a decoded picture: a view into the memory of the WASM instance. */
export interface LibheifPlane {
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  readonly data: Uint8Array;
}

interface LibheifFault {
  readonly code?: unknown;
  readonly message?: string;
}

/** The part of libheif-js 1.23 that Diorama calls. */
export interface Libheif {
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: {
    readonly heif_chroma_interleaved_RGB: unknown;
    readonly heif_chroma_interleaved_RGBA: unknown;
  };
  heif_context_alloc(): unknown;
  heif_context_read_from_memory(
    context: unknown,
    bytes: Uint8Array,
  ): { readonly code: unknown; readonly message: string };
  heif_js_context_get_primary_image_handle(context: unknown): LibheifFault | undefined;
  heif_image_handle_has_alpha_channel(handle: unknown): number;
  heif_js_decode_image2(
    handle: unknown,
    colourSpace: unknown,
    chroma: unknown,
  ): Promise<(LibheifFault & { readonly channels?: readonly LibheifPlane[] }) | undefined>;
}

/** Makes one WASM instance. */
export type LibheifFactory = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<Libheif>;
