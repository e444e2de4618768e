import { DioramaError } from '@diorama/core';
import type { FastifyInstance } from 'fastify';
import { addLayersHeaders } from '../answers/headers.ts';
import { layersSender } from '../answers/send-layers.ts';
import { receiptHeaders } from '../cost.ts';
import type { JobParts } from '../jobs/accept-job.ts';
import type { Job, JobEnd } from '../jobs/job.ts';
import { jobOf } from './jobs.ts';

/** `GET /v1/jobs/{id}/result`: what `POST /v1/layers` would have answered, problems included. */
export function addJobResultRoute(app: FastifyInstance, parts: Pick<JobParts, 'store'>): void {
  app.get('/v1/jobs/:id/result', {
    // HEAD by itself would write the whole result to say nothing of it.
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const send = layersSender(request.headers.accept);
      const job = jobOf(request, parts);
      const { answer, receipt } = resultOf(job);
      addLayersHeaders(answer.document, reply);
      if (receipt !== undefined) reply.headers(receiptHeaders(receipt));
      reply.raw.once('finish', job.noteFetched);
      return send(answer, reply);
    },
  });
}

function resultOf({ end }: Job): Extract<JobEnd, { readonly state: 'done' }> {
  switch (end?.state) {
    case undefined:
      throw new DioramaError('JOB_UNFINISHED', 'The job is not done yet.');
    case 'done':
      return end;
    case 'failed':
      throw end.error;
    case 'cancelled':
      throw new DioramaError('CANCELLED', 'The job was cancelled.');
  }
}
