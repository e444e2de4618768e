import { type ColourMapName, colourTable } from '@diorama/core/scene';

const STOPS = 17;

/** A colour map as a CSS gradient, far on the left and near on the right. */
export function gradientOf(name: ColourMapName): string {
  const table = colourTable(name, STOPS);
  const stops = Array.from({ length: STOPS }, (_, stop) => {
    const [red, green, blue] = table.subarray(3 * stop, 3 * stop + 3);
    return `rgb(${red} ${green} ${blue})`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
