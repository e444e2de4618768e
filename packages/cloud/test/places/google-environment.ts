import type { TokenServer } from '@diorama/fixtures/google-cloud';
import { vi } from 'vitest';

/** Lets the real google-auth-library of this process find the token server, and nothing of the person who runs the tests. */
export function useTokenServer({ metadataEnvironment }: TokenServer): void {
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
  vi.stubEnv('HOME', '/nonexistent');
  for (const [name, value] of Object.entries(metadataEnvironment)) vi.stubEnv(name, value);
}
