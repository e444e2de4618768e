import { createLocalPredictor } from '@diorama/runtime';

const predictor = await createLocalPredictor();
console.log(JSON.stringify({ ready: predictor.card.id }));
await predictor.dispose();
