import { sessionHandlers } from '../shared/session-handlers.ts';
import { openSession } from './open-session.ts';
import { serveWorker } from './serve-worker.ts';
import { type ThreadsMessage, watchThreads } from './watch-threads.ts';

// This module runs in a worker alone; the types are those of pages.
const scope = globalThis as unknown as { postMessage(message: ThreadsMessage): void };
watchThreads((message) => scope.postMessage(message));
serveWorker(sessionHandlers(openSession));
