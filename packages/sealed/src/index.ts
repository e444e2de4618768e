export type { SealKeyPair, SealPublicKey } from '@diorama/contract';
export type { AskForKeys, Sealer, SealerOptions, SendSealed } from './caller/sealer.ts';
export { chooseSealKey, hasRunOut, inOrderOfUse } from './key-choice.ts';
export { formatSealKeys, readSealKeys, readSealPublicKeys } from './key-text.ts';
export { looksSealed } from './message-header.ts';
export { MAX_SEALED_BYTES, roomInSealedAnswer, roomInSealedRequest } from './message-size.ts';
export { type SealedRequest, type SealOptions, seal } from './seal.ts';
export {
  createSealBox,
  type OpenedRequest,
  type SealBox,
  type SealBoxOptions,
} from './seal-box.ts';
export { createSealKey, publicHalf, type SealKeyOptions } from './seal-key.ts';
export type { SealedContent } from './sealed-content.ts';
