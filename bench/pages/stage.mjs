// The page of the figure `studio-stage-fps`: the studio's own stage, driven from outside through `globalThis.bench`.
import { StageRenderer } from '../../apps/studio/src/stage/stage-renderer.ts';
import { STANDARD_STAGE, stagePose } from '../../apps/studio/src/stage/stage-settings.ts';

const SETTINGS = { ...STANDARD_STAGE, path: 'sway', amount: 1 };
const TURN_MS = 4000;

let stage;

const pictureOf = async (path) => {
  const blob = await (await fetch(path)).blob();
  return createImageBitmap(blob, { premultiplyAlpha: 'none' });
};
const depthOf = async (path, { width, height }) => {
  const data = new Uint16Array(await (await fetch(path)).arrayBuffer());
  return { width, height, channels: 1, data };
};
const nextPicture = () => new Promise((resolve) => requestAnimationFrame(resolve));

globalThis.bench = {
  /** Opens a stage of a size, in pixels, with the layers of the site. */
  async open(width, height) {
    const canvas = document.createElement('canvas');
    document.body.append(canvas);
    stage = new StageRenderer(canvas);
    stage.setSize(width, height);
    stage.setLook(SETTINGS.look);
    const [plate, subject] = await Promise.all([pictureOf('plate'), pictureOf('subject')]);
    const layers = [
      { name: 'plate', colour: plate, depth: await depthOf('plate-depth', plate) },
      { name: 'subject', colour: subject, depth: await depthOf('depth', subject) },
    ];
    stage.setLayers(layers, { width: plate.width, height: plate.height });
  },
  /** Plays for some seconds; answers how many pictures there were in each of them. */
  async framesASecond(seconds) {
    const from = performance.now();
    let frames = 0;
    for (let now = from; now - from < seconds * 1000; now = performance.now()) {
      stage.render(stagePose(SETTINGS, ((now - from) / TURN_MS) % 1));
      await nextPicture();
      frames++;
    }
    return (1000 * frames) / (performance.now() - from);
  },
};
