/** Half the width of the line, in device pixels. */
const REACH = 2;

/**
 * Draws a line around a shape, in a colour: the shape moved in eight directions, less the shape itself.
 * `shape` has the canvas's size; `scratch` is overwritten.
 */
export function paintOutline(
  context: CanvasRenderingContext2D,
  shape: HTMLCanvasElement,
  scratch: HTMLCanvasElement,
  colour: string,
): void {
  scratch.width = shape.width;
  scratch.height = shape.height;
  const line = scratch.getContext('2d');
  if (!line || shape.width === 0 || shape.height === 0) return;
  for (let step = 0; step < 8; step++) {
    const angle = (step * Math.PI) / 4;
    line.drawImage(shape, Math.cos(angle) * REACH, Math.sin(angle) * REACH);
  }
  line.globalCompositeOperation = 'source-in';
  line.fillStyle = colour;
  line.fillRect(0, 0, scratch.width, scratch.height);
  line.globalCompositeOperation = 'destination-out';
  line.drawImage(shape, 0, 0);
  context.drawImage(scratch, 0, 0);
}
