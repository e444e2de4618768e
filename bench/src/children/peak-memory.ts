import { buffer } from 'node:stream/consumers';
import { createDiorama } from '@diorama/engine';
import { peakBytes } from './peak-bytes.ts';

// Answers the photo on standard input once, as a service just started would, and says what it took.
const bytes = new Uint8Array(await buffer(process.stdin));
const diorama = await createDiorama();
const answer = await diorama.layers(bytes);
const { width, height } = answer.document.size;
console.log(JSON.stringify({ peakBytes: peakBytes(), files: answer.files.size, width, height }));
await diorama.dispose();
