import type { ModelTask } from '@diorama/contract';
import {
  type ByteRaster,
  describeDepthGuide,
  describeGuide,
  describeMatteGuide,
  type PhotoGuide,
} from '@diorama/core';
import { assignTasks } from '../networks.ts';
import type { WayNetwork } from '../way.ts';
import { fit } from './fit.ts';
import type { Intake } from './intake.ts';
import type { Ask } from './predict.ts';

/**
 * The photo at the size of each network that is needed, with what it is to answer.
 * @throws DioramaError `REQUEST_INVALID` for a task that none can do, and what decoding throws.
 */
export function fitAll(
  taken: Intake,
  networks: readonly WayNetwork[],
  wanted: readonly ModelTask[],
): Promise<Ask[]> {
  return Promise.all(
    assignTasks(networks, wanted).map(async ({ network, tasks }) => {
      network.announce?.();
      return { ...network, tasks, input: await fit(taken, network.card) };
    }),
  );
}

/** What refining needs to know of the photo at the size of each answer. */
export function guideOf(asks: readonly Ask[]): PhotoGuide {
  if (asks.length === 1) return describeGuide(inputFor('matte', asks));
  return {
    matte: describeMatteGuide(inputFor('matte', asks)),
    depth: describeDepthGuide(inputFor('depth', asks)),
  };
}

/** The same where the matte was made from the depth, and has its size. */
export function guideOfSplit(asks: readonly Ask[], guide: PhotoGuide): PhotoGuide {
  if (asks.length === 1) return guide;
  return { ...guide, matte: describeMatteGuide(inputFor('depth', asks)) };
}

function inputFor(task: ModelTask, asks: readonly Ask[]): ByteRaster {
  const first = asks[0] as Ask; // a way asks for something
  return (asks.find(({ tasks }) => tasks.includes(task)) ?? first).input.centred;
}
