import type { SampleScene } from './sample-scene.ts';
import { balloons } from './scenes/balloons.ts';
import { fox } from './scenes/fox.ts';
import { lighthouse } from './scenes/lighthouse.ts';
import { robot } from './scenes/robot.ts';
import { tea } from './scenes/tea.ts';
import { takePicture } from './take-picture.ts';

const SCENES: Readonly<Record<string, () => SampleScene>> = {
  fox,
  tea,
  balloons,
  robot,
  lighthouse,
};

/** Called from outside: photographs a scene and answers the picture as the address of a PNG. */
async function render(
  name: string,
  width: number,
  height: number,
  exposures: number,
): Promise<string> {
  const made = SCENES[name];
  if (!made) throw new Error(`There is no scene ${name}.`);
  const canvas = document.createElement('canvas');
  await takePicture(canvas, made(), { width, height, exposures });
  return canvas.toDataURL('image/png');
}

Object.assign(globalThis, { render, scenes: Object.keys(SCENES) });
