import { type ByteRaster, byteRaster, type Size } from '../raster.ts';
import { resizeArea, resizeBilinear } from '../resize.ts';

/** A picture (3 or 4 channels) as an opaque one of 4 channels that covers all of `size`: its middle, in its own shape. */
export function coverPicture(picture: ByteRaster, size: Size): ByteRaster {
  const { width, height } = picture;
  const scale = Math.min(width / size.width, height / size.height);
  const cut = {
    width: Math.max(1, Math.min(width, Math.round(size.width * scale))),
    height: Math.max(1, Math.min(height, Math.round(size.height * scale))),
  };
  const middle = byteRaster(cut, 3);
  const left = (width - cut.width) >> 1;
  const top = (height - cut.height) >> 1;
  for (let y = 0, to = 0; y < cut.height; y++) {
    let from = ((top + y) * width + left) * picture.channels;
    for (let x = 0; x < cut.width; x++, from += picture.channels, to += 3) {
      middle.data[to] = picture.data[from] as number; // inside by the cut
      middle.data[to + 1] = picture.data[from + 1] as number;
      middle.data[to + 2] = picture.data[from + 2] as number;
    }
  }
  const isSame = cut.width === size.width && cut.height === size.height;
  const isSmaller = cut.width >= size.width && cut.height >= size.height;
  const fitted = isSame
    ? middle
    : isSmaller
      ? resizeArea(middle, size)
      : resizeBilinear(middle, size);
  const out = byteRaster(size, 4);
  for (let from = 0, to = 0; to < out.data.length; from += 3, to += 4) {
    out.data[to] = fitted.data[from] as number; // one grid
    out.data[to + 1] = fitted.data[from + 1] as number;
    out.data[to + 2] = fitted.data[from + 2] as number;
    out.data[to + 3] = 255;
  }
  return out;
}
