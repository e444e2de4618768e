/**
 * Fetches a picture from an address that a caller named, as far as the operator allows it.
 * @throws DioramaError `ADDRESS_REFUSED`, `SOURCE_UNAVAILABLE`, `PHOTO_TOO_MANY_BYTES`, `REQUEST_INVALID`, the signal's reason
 */
export type FetchPhoto = (
  url: string,
  options: { readonly signal: AbortSignal },
) => Promise<Uint8Array>;
