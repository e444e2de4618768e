import { sessionHandlers } from '../shared/session-handlers.ts';
import { openSession } from './open-session.ts';
import { serveWorker } from './serve-worker.ts';

serveWorker(sessionHandlers(openSession));
