import type { SessionStart } from '../shared/session-messages.ts';
import type { ProviderName } from './providers.ts';

/** A model's file: its address, its bytes, or a file that a person chose. */
export type ModelFile = string | ArrayBuffer | Blob;

/** Whether a model's file is kept for the next time: not by Diorama, or in this browser. */
export type CacheChoice = 'none' | 'browser';

/** What a session worker of a page needs to start. */
export interface WebSessionStart extends SessionStart<ProviderName> {
  /** Taken out by whoever loads it: what still holds the start must not hold the bytes. */
  file: ModelFile | undefined;
  readonly cache: CacheChoice;
  /** Hears `LoadProgress`. */
  readonly progress: MessagePort | undefined;
  /** Address of the folder with ONNX Runtime's own files, with a slash at its end. */
  readonly wasmFolder: string;
}
