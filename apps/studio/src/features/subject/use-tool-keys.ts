import { useKeys } from '../../app/keys/use-keys.ts';
import { useSubject } from './subject-store.ts';

/** Keys that choose what a pointer does on the cut-out. */
export function useToolKeys(): void {
  const [{ hasOutline }, set] = useSubject();
  useKeys([
    { keys: 'V', label: 'Move the photo', group: 'Cut out', run: () => set({ tool: 'hand' }) },
    { keys: 'B', label: 'Brush to add', group: 'Cut out', run: () => set({ tool: 'add' }) },
    { keys: 'E', label: 'Brush to remove', group: 'Cut out', run: () => set({ tool: 'remove' }) },
    { keys: 'H', label: 'Brush for hair', group: 'Cut out', run: () => set({ tool: 'hair' }) },
    {
      keys: 'X',
      label: 'Outline of the cut-out',
      group: 'Cut out',
      run: () => set({ hasOutline: !hasOutline }),
    },
  ]);
}
