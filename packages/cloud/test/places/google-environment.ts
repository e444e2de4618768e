import type { TokenServer } from '@diorama/fixtures/google-cloud';
import { vi } from 'vitest';

/** Lets the real google-auth-library of this process find the token server alone. */
export function useTokenServer({ metadataEnvironment }: TokenServer): void {
  for (const [name, value] of Object.entries(metadataEnvironment)) vi.stubEnv(name, value);
}
