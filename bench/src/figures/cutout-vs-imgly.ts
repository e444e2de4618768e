import type { Bench, Figure } from '../figure.ts';
import { type ImglyPeer, installImgly, openImgly } from '../peers/imgly-peer.ts';
import { PHOTO_12MP } from '../photo-source.ts';
import { atLeast, type Measured } from '../row.ts';
import { median } from '../statistics.ts';

const ROUNDS = 3;
const OURS_PER_ROUND = 3;

const ROWS = {
  ratio: {
    id: 'cutout-vs-imgly',
    what: '12 MP photo to cutout PNG: time of @imgly/background-removal-node 1.4.5 small over ours',
    unit: '×',
    target: atLeast(20),
  },
  ours: { id: 'cutout-12mp-ms', what: '12 MP JPEG to subject.png, warm', unit: 'ms' },
  peer: {
    id: 'cutout-12mp-imgly-ms',
    what: 'the same JPEG to the PNG of the peer, its default call, warm, in its own process',
    unit: 'ms',
  },
} as const satisfies Record<string, Omit<Measured, 'value'>>;

/** The same bytes to a full-size PNG with alpha, both warm, in turns: decoding and encoding are in both times. */
export const CUTOUT_VS_IMGLY: Figure = {
  ids: Object.values(ROWS).map(({ id }) => id),
  measure: async (bench) => {
    const reason = await installImgly(bench.say);
    if (reason !== null) return skipped(bench, reason);
    const peer = openImgly();
    try {
      // Its model loads with the first photo: where it cannot run at all, that is when it says so.
      const failure = await peer
        .cutOut({ jpeg: await bench.photos.jpeg(PHOTO_12MP), model: 'small' })
        .then(
          () => null,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
      if (failure !== null) return await skipped(bench, failure);
      const { ours, theirs } = await timeBoth(bench, peer);
      return [
        {
          ...ROWS.ratio,
          value: median(theirs) / median(ours),
          note: `medians of ${theirs.length} and ${ours.length}`,
        },
        { ...ROWS.ours, value: median(ours) },
        { ...ROWS.peer, value: median(theirs) },
      ];
    } finally {
      await peer.dispose();
    }
  },
};

async function skipped(bench: Bench, reason: string): Promise<Measured[]> {
  await timeOurs(bench, 2);
  const ours = await timeOurs(bench, OURS_PER_ROUND * ROUNDS);
  const note = `skipped: ${reason}`;
  return [
    { ...ROWS.ratio, value: null, note },
    { ...ROWS.ours, value: median(ours) },
    { ...ROWS.peer, value: null, note },
  ];
}

async function timeBoth(bench: Bench, peer: ImglyPeer) {
  const jpeg = await bench.photos.jpeg(PHOTO_12MP);
  await timeOurs(bench, 2);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(...(await timeOurs(bench, OURS_PER_ROUND)));
    theirs.push((await peer.cutOut({ jpeg, model: 'small' })).ms);
  }
  return { ours, theirs };
}

async function timeOurs(bench: Bench, rounds: number): Promise<number[]> {
  const jpeg = await bench.photos.jpeg(PHOTO_12MP);
  const diorama = await bench.diorama();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await diorama.layers(jpeg, { layers: ['subject'] });
    times.push(performance.now() - startedAt);
  }
  return times;
}
