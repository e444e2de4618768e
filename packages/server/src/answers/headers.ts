import { type LayersDocument, STEP_NAMES } from '@diorama/contract';
import type { FastifyReply } from 'fastify';

/** What every answer with layers says of itself in its headers. */
export function addLayersHeaders(document: LayersDocument, reply: FastifyReply): void {
  const { model, depthModel, standInFor, timingsMs, matte, depth, split } = document;
  const models = depthModel ? [model, depthModel] : [model];
  const steps = STEP_NAMES.flatMap((step) => {
    const ms = timingsMs[step];
    return ms === undefined ? [] : [`${step};dur=${ms.toFixed(1)}`];
  });
  reply.header('x-model', models.map(({ id, version }) => `${id}@${version}`).join(', '));
  reply.header('x-model-licence', models.map(({ licence }) => licence).join(', '));
  if (standInFor !== undefined) reply.header('x-stand-in-for', standInFor.join(', '));
  reply.header('server-timing', steps.join(', '));
  if (matte !== undefined) {
    reply.header('x-subject-present', String(matte.subjectPresent));
    reply.header('x-subject-confidence', matte.confidence.toFixed(4));
  }
  if (split !== undefined) {
    reply.header('x-split', `${split.by}; threshold=${split.threshold}`);
  }
  if (depth !== undefined) {
    reply.header('x-depth-kind', depth.kind);
    reply.header('x-depth-unit', depth.unit);
    reply.header('x-depth-near', String(depth.near));
    reply.header('x-depth-far', String(depth.far));
    reply.header('x-depth-scale', String(depth.scale));
    reply.header('x-depth-shift', String(depth.shift));
  }
}
