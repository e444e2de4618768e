// npm run bench -- ...: the figures of the project, measured on this machine.
import { prepare } from './prepare.mjs';

prepare();
process.chdir(process.env.INIT_CWD ?? process.cwd());
await import('../bench/dist/main.js');
