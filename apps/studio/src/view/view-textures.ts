import type { Plane } from './view-plane.ts';

/** Larger pictures are shrunk: no screen shows more, and phones have no room for it. */
const MOST_LONG_SIDE_PX = 4096;

/** A picture on the graphics processor, with its alpha multiplied in, mirrored beyond its border. */
export function pictureTexture(gl: WebGL2RenderingContext, picture: HTMLImageElement) {
  const texture = openTexture(gl);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  const limit = Math.min(MOST_LONG_SIDE_PX, Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)));
  const source = shrunk(picture, limit);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  return texture;
}

/** A plane of 2 or 4 channels, 0..1, at 8 bits. */
export function planeTexture(gl: WebGL2RenderingContext, plane: Plane, channels: 2 | 4) {
  const texture = openTexture(gl);
  const bytes = Uint8Array.from(plane.data, (value) => Math.round(value * 255));
  const [inside, outside] = channels === 2 ? [gl.RG8, gl.RG] : [gl.RGBA8, gl.RGBA];
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  const { width, height } = plane;
  gl.texImage2D(gl.TEXTURE_2D, 0, inside, width, height, 0, outside, gl.UNSIGNED_BYTE, bytes);
  return texture;
}

function openTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(gl.TEXTURE_2D, side, gl.MIRRORED_REPEAT);
  }
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  return texture;
}

function shrunk(picture: HTMLImageElement, limit: number): TexImageSource {
  const { naturalWidth, naturalHeight } = picture;
  const factor = limit / Math.max(naturalWidth, naturalHeight);
  if (factor >= 1) return picture;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(naturalWidth * factor));
  canvas.height = Math.max(1, Math.round(naturalHeight * factor));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
