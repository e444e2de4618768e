/** What can be told of a photo's bytes without decoding them, in Node and in a page alike. */
export { isCutShort } from './cut-short.ts';
export { readFocalLength35mm } from './focal-length.ts';
export {
  checkBytes,
  checkFrames,
  checkSize,
  DEFAULT_PHOTO_LIMITS,
  type PhotoLimits,
} from './limits.ts';
export { type PhotoType, sniffPhotoType } from './photo-type.ts';
