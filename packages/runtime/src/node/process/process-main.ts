import { joinOwner } from './owner-link.ts';

// Where a worker process begins: it answers to its owner before it loads anything that could fail.
const [, , workerUrl = '', name = ''] = process.argv;
const owner = joinOwner(name);
import(workerUrl).catch((error: unknown) => owner.fail(error));
