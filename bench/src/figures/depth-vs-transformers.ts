import { availableParallelism } from 'node:os';
import { findCatalogueCard } from '@diorama/runtime';
import {
  type Contender,
  IN_FLIGHT,
  openOurs,
  openPeerContender,
  openPlain,
  openPredictorAlone,
} from '../depth-contenders.ts';
import type { Bench, Figure } from '../figure.ts';
import { deal, type Load } from '../in-flight.ts';
import { installTransformers } from '../peers/transformers-peer.ts';
import { type NamedPhoto, openPhotoSet } from '../photo-set.ts';
import { type RandomModel, withRandomModel } from '../random-model.ts';
import { atLeast, type Measured } from '../row.ts';

const PEER = '@huggingface/transformers 4.3.1';
const MODEL = 'depth-anything-v2-small';
const TURNS = 3;
const MS_PER_MINUTE = 60_000;

const ROWS = {
  ratio: {
    id: 'depth-vs-transformers',
    what: `JPEG to depth samples at the photo’s size under load, same ONNX file: our throughput over that of ${PEER}`,
    unit: '×',
    target: atLeast(1.3),
  },
  plain: {
    id: 'depth-plain-per-minute',
    what: 'photos a minute, ours: samples at the photo’s size, bilinear, not encoded, as the peer’s; a session of one thread for each core',
    unit: '/min',
  },
  ours: {
    id: 'depth-ours-per-minute',
    what: 'photos a minute, ours: 16-bit depth.png at the photo’s size, edges refined and snapped to a matte, default settings',
    unit: '/min',
  },
  peer: {
    id: 'depth-transformers-per-minute',
    what: 'photos a minute, the same JPEGs to 8-bit samples at the photo’s size, bilinear, not encoded',
    unit: '/min',
  },
  split: {
    id: 'depth-ours-split-per-minute',
    what: 'as ours, with a session of one thread and a photo worker for each core',
    unit: '/min',
  },
  predictor: {
    id: 'depth-predictor-per-minute',
    what: 'our predictor alone: pictures of the model’s size to depth of that size, default settings',
    unit: '/min',
  },
  ourDelay: {
    id: 'depth-ours-loop-delay-ms',
    what: 'how late the event loop of the calling thread is meanwhile, 99th percentile',
    unit: 'ms',
  },
  peerDelay: {
    id: 'depth-transformers-loop-delay-ms',
    what: 'the same in the process of the peer',
    unit: 'ms',
  },
} as const satisfies Record<string, Omit<Measured, 'value'>>;

type Name = 'peer' | 'plain' | 'ours' | 'split' | 'predictor';

/** The same file, the same photos, as many requests in flight; in turns, since machines are noisy. */
export const DEPTH_VS_TRANSFORMERS: Figure = {
  ids: Object.values(ROWS).map(({ id }) => id),
  measure: async (bench) => {
    const reason = await installTransformers(bench.say);
    if (reason !== null) {
      const note = `skipped: ${reason}`;
      return Object.values(ROWS).map((row) => ({ ...row, value: null, note }));
    }
    const photos = await openPhotoSet();
    return withRandomModel(await findCatalogueCard(MODEL), async (model) =>
      rowsOf(await measureAll(model, photos, bench), photos.length),
    );
  },
};

async function measureAll(
  model: RandomModel,
  photos: readonly NamedPhoto[],
  bench: Bench,
): Promise<Readonly<Record<Name, readonly Load[]>>> {
  const cores = availableParallelism();
  const contenders: Partial<Record<Name, Contender>> = {};
  const loads: Record<Name, Load[]> = { peer: [], plain: [], ours: [], split: [], predictor: [] };
  try {
    contenders.peer = await openPeerContender(model);
    contenders.plain = await openPlain(model.card);
    contenders.ours = await openOurs(model.card, {});
    contenders.split = await openOurs(model.card, {
      sessions: cores,
      threads: 1,
      photoWorkers: cores,
    });
    contenders.predictor = await openPredictorAlone(model.card);
    const named = Object.entries(contenders) as [Name, Contender][]; // those just opened
    const warmUps = photos.slice(0, IN_FLIGHT);
    for (const [, contender] of named) await contender.estimate(warmUps);
    for (const turn of deal(photos, TURNS)) {
      for (const [name, contender] of named) {
        const load = await contender.estimate(turn);
        loads[name].push(load);
        bench.say(`  ${name}: ${turn.length} photos in ${load.wallMs.toFixed(0)} ms`);
      }
    }
    return loads;
  } finally {
    for (const contender of Object.values(contenders)) await contender.dispose();
  }
}

function rowsOf(loads: Readonly<Record<Name, readonly Load[]>>, photos: number): Measured[] {
  const wallMs = (name: Name) => loads[name].reduce((sum, load) => sum + load.wallMs, 0);
  const perMinute = (name: Name) => (photos * MS_PER_MINUTE) / wallMs(name);
  const ratio = (name: Name) => perMinute(name) / perMinute('peer');
  const turns = loads.plain.map((load, at) => (loads.peer[at]?.wallMs ?? 0) / load.wallMs);
  const worstDelay = (name: Name) => {
    const delays = loads[name].map(({ loopDelayMs }) => loopDelayMs);
    const most = Math.max(...delays.map((delay) => delay.most));
    return { value: Math.max(...delays.map(({ p99 }) => p99)), note: `longest ${most.toFixed(0)}` };
  };
  const cpu = (name: Name) => {
    const ms = loads[name].reduce((sum, load) => sum + load.cpuMs, 0);
    return `${(ms / photos / 1000).toFixed(2)} s of processor time a photo`;
  };
  const setting = `${photos} photos in ${TURNS} turns, ${IN_FLIGHT} in flight`;
  return [
    {
      ...ROWS.ratio,
      value: ratio('plain'),
      note: `of each turn ${turns.map((turn) => turn.toFixed(2)).join(', ')}`,
    },
    { ...ROWS.plain, value: perMinute('plain'), note: `${setting}; ${cpu('plain')}` },
    {
      ...ROWS.ours,
      value: perMinute('ours'),
      note: `${ratio('ours').toFixed(2)} × the peer; ${cpu('ours')}`,
    },
    { ...ROWS.peer, value: perMinute('peer'), note: `${setting}; ${cpu('peer')}` },
    {
      ...ROWS.split,
      value: perMinute('split'),
      note: `${ratio('split').toFixed(2)} × the peer; ${cpu('split')}`,
    },
    {
      ...ROWS.predictor,
      value: perMinute('predictor'),
      note: `${ratio('predictor').toFixed(2)} × the peer, which also decodes and resizes; ${cpu('predictor')}`,
    },
    { ...ROWS.ourDelay, ...worstDelay('ours') },
    { ...ROWS.peerDelay, ...worstDelay('peer') },
  ];
}
