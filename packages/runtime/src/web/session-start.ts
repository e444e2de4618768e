import type { SessionStart } from '../shared/session-messages.ts';
import type { ModelFile } from './model-file.ts';
import type { ProviderName } from './providers.ts';

/** What a session worker of a page needs to start. */
export interface WebSessionStart extends SessionStart<ProviderName> {
  readonly file: ModelFile;
  /** Address of the folder with ONNX Runtime's own files, with a slash at its end. */
  readonly wasmFolder: string;
}
