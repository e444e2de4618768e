import { CHROMIUM_MISSING, findChromium } from '@diorama/browser';
import type { Figure } from '../figure.ts';
import { PHOTO_12MP } from '../photo-source.ts';
import { atLeast } from '../row.ts';
import { openStagePage } from '../stage-page.ts';
import { median } from '../statistics.ts';

const ID = 'studio-stage-fps';
const STAGE = { width: 960, height: 540 };
/** What the studio works on. */
const LONG_SIDE = 2048;
const WARM_UP_SECONDS = 2;
const SECONDS = 5;
const ROUNDS = 3;

/** The stage with a photo's layers on the path that goes farthest, drawn without any graphics card. */
export const STUDIO_STAGE: Figure = {
  ids: [ID],
  measure: async (bench) => {
    const row = { id: ID, what: 'pictures a second on the stage at 960x540, WebGL by SwiftShader' };
    if (findChromium() === undefined) {
      return [{ ...row, value: null, unit: '', note: CHROMIUM_MISSING }];
    }
    const diorama = await bench.diorama();
    const layers = await diorama.layers(await bench.photos.jpeg(PHOTO_12MP), {
      plateDepth: true,
      within: { widthPx: LONG_SIDE, heightPx: LONG_SIDE },
    });
    const page = await openStagePage(layers, STAGE);
    try {
      await page.framesASecond(WARM_UP_SECONDS);
      const rounds: number[] = [];
      while (rounds.length < ROUNDS) rounds.push(await page.framesASecond(SECONDS));
      const note = `median of ${ROUNDS} times ${SECONDS} s, full resolution throughout`;
      return [{ ...row, value: median(rounds), unit: '/s', target: atLeast(24), note }];
    } finally {
      await page.close();
    }
  },
};
