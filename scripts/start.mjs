// npm start: the service and its page.
import { prepare } from './prepare.mjs';

prepare();
await import('../packages/server/dist/main.js');
