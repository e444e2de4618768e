// Photos in, planes out: what a canvas can do for a page.

/** The pixels of a file as a raster of three channels; what is transparent becomes white. */
export async function readPhoto(file) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(3 * width * height);
  for (let n = 0; n < width * height; n += 1) data.set(rgba.subarray(4 * n, 4 * n + 3), 3 * n);
  return { width, height, channels: 3, data };
}

/** Shows a plane as shades of grey, from `black` to `white`; nothing hides the canvas. */
export function showPlane(canvas, plane, { black = 0, white = 1 } = {}) {
  canvas.parentElement.hidden = plane === undefined;
  if (plane === undefined) return;
  const { width, height, data } = plane;
  const picture = new ImageData(width, height);
  const scale = 255 / (white - black || 1);
  data.forEach((sample, n) => {
    const shade = Math.round((sample - black) * scale);
    picture.data.set([shade, shade, shade, 255], 4 * n);
  });
  Object.assign(canvas, { width, height });
  canvas.getContext('2d').putImageData(picture, 0, 0);
}

/** The smallest and the largest sample of a plane, to show a depth by. */
export function rangeOf(plane) {
  let black = Number.POSITIVE_INFINITY;
  let white = Number.NEGATIVE_INFINITY;
  for (const sample of plane?.data ?? []) {
    black = Math.min(black, sample);
    white = Math.max(white, sample);
  }
  return { black, white };
}
