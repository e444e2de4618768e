import { useStudioState } from './studio-context.ts';
import { wherePixelsGo } from './where-pixels-go.ts';

/** The line that says where the pixels go, as it is true now. */
export function useWherePixelsGo(): string {
  return useStudioState((state) => wherePixelsGo(state, location.host));
}
