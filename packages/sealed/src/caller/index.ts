export {
  createSealedClient,
  type SealedClient,
  type SealedClientOptions,
  type SealedPicture,
  type SealedPredictOptions,
} from './sealed-client.ts';
export {
  type AskForKeys,
  createSealer,
  type Sealer,
  type SealerOptions,
  type SendSealed,
} from './sealer.ts';
