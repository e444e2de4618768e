/** The colour behind an element as the page shows it now, 0..1 of sRGB: tokens have two values, one for each scheme. */
export function groundOf(element: HTMLElement): readonly [number, number, number] {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) return [0, 0, 0];
  context.fillStyle = getComputedStyle(element).backgroundColor;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255];
}
