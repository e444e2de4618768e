import type { FastifyInstance } from 'fastify';
import { chooseType } from '../answers/accept.ts';
import type { JobParts } from '../jobs/accept-job.ts';
import { eventStream } from '../jobs/event-stream.ts';
import { createPlaces } from '../places.ts';
import { LONG_ANSWER } from '../plugins/slow-readers.ts';
import { jobOf } from './jobs.ts';

const EVENT_STREAM_TYPE = 'text/event-stream';

/** Listeners of all jobs at once; each holds a connection until its job is over. */
const MAX_LISTENERS = 256;

/** `GET /v1/jobs/{id}/events`: what happens to a job, as server-sent events. */
export function addJobEventsRoute(app: FastifyInstance, parts: Pick<JobParts, 'store'>): void {
  const takePlace = createPlaces(MAX_LISTENERS, 'As many listen to jobs as may.');
  app.get('/v1/jobs/:id/events', {
    // HEAD by itself would listen until the job is over.
    exposeHeadRoute: false,
    config: LONG_ANSWER,
    handler: async (request, reply) => {
      chooseType(request.headers.accept, [EVENT_STREAM_TYPE]);
      const { feed, end } = jobOf(request, parts);
      const lastEventId = request.headers['last-event-id'];
      // A listener who has heard the end would come back for ever if it were told again: this is how browsers are told not to.
      if (end !== undefined && lastEventId === feed.last?.id) return reply.code(204).send();
      takePlace(reply);
      const stream = eventStream(feed, { lastEventId: [lastEventId].flat()[0] });
      return (
        reply
          .header('content-type', EVENT_STREAM_TYPE)
          .header('cache-control', 'no-store')
          // Some proxies collect an answer before they pass it on.
          .header('x-accel-buffering', 'no')
          .send(stream)
      );
    },
  });
}
