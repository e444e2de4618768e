import { suggestDepthThreshold } from '@diorama/core';
import { predict } from '@diorama/engine/steps';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** The network's answer made trustworthy, by the same step as on the server. */
export async function understandTask(
  { card, prediction: raw }: RequestOf<'understand'>,
  { desk, signal }: TaskContext,
): Promise<AnswerOf<'understand'>> {
  const input = { image: desk.picture, centred: desk.picture };
  const ask = { card, tasks: card.tasks, input, predict: async () => raw };
  const prediction = await predict([ask], desk.size ?? desk.picture, signal);
  desk.prediction = prediction;
  const { depth, subject, model } = prediction;
  return {
    subjectPresent: subject.isPresent,
    confidence: subject.confidence,
    suggestedThreshold: depth ? suggestDepthThreshold(depth.inverse) : 0.5,
    depth: depth && {
      kind: depth.kind,
      unit: depth.kind === 'metric' ? 'metre' : 'none',
      near: depth.scale + depth.shift,
      far: depth.shift,
      scale: depth.scale,
      shift: depth.shift,
    },
    model,
    ...(desk.focalLength35mm === undefined ? {} : { focalLength35mm: desk.focalLength35mm }),
  };
}
