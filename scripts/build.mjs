// npm run build: the packages and the studio, without starting anything.
import { prepare } from './prepare.mjs';

prepare();
