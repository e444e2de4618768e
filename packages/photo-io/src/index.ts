export { type Photo, shrinkPhoto } from './decode.ts';
export { type EncodedPicture, encodeRaster } from './encode.ts';
export type { EncodeOptions } from './encoder-settings.ts';
export { decodeGrey } from './grey.ts';
export { DEFAULT_PHOTO_LIMITS, type PhotoLimits } from './limits.ts';
export { type DecodeOptions, type OpenedPhoto, openPhoto, type PhotoInfo } from './photo.ts';
export { PHOTO_TYPES, type PhotoType, sniffPhotoType } from './photo-type.ts';
