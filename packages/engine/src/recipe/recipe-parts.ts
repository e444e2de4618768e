import type { ByteRaster } from '@diorama/core';

/** What a recipe names and does not hold. */
export interface RecipeParts {
  /** Pictures for backgrounds by their names, 3 or 4 channels, of any size. */
  readonly pictures?: ReadonlyMap<string, ByteRaster> | undefined;
}
