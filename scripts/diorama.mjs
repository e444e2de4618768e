// npm run diorama -- ...: the command line, in the folder where the person stands.
import { prepare } from './prepare.mjs';

prepare();
process.chdir(process.env.INIT_CWD ?? process.cwd());
await import('../packages/cli/dist/main.js');
