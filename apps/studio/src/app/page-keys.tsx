import { useKeys } from './keys/use-keys.ts';
import { usePickPhoto } from './photo-drop.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import { TOOLS } from './tools.tsx';

/** The keys of the page itself. */
export function PageKeys({ onHelp }: { readonly onHelp: () => void }) {
  const studio = useStudio();
  const pick = usePickPhoto();
  const hasPhoto = useStudioState(({ phase }) => phase !== 'empty');
  const now = () => studio.store.get();
  useKeys([
    { keys: 'O', label: 'Open a photo', group: 'Page', run: pick },
    { keys: 'Ctrl+V', label: 'Paste a photo', group: 'Page', run: () => false },
    { keys: '?', label: 'This list', group: 'Page', run: onHelp },
    {
      keys: 'Escape',
      label: 'Stop, or close a line about a problem',
      group: 'Page',
      run: () => {
        if (now().progress) return studio.cancel();
        return now().problem ? studio.dismissProblem() : false;
      },
    },
    ...TOOLS.map(({ id, label, key }) => ({
      keys: key,
      label,
      group: 'Tools',
      run: () => (hasPhoto ? studio.setTool(id) : false),
    })),
    {
      keys: 'Ctrl+Z',
      label: 'Undo',
      group: 'Changes',
      isRepeated: true,
      run: () => studio.undo(),
    },
    {
      keys: 'Ctrl+Shift+Z',
      label: 'Redo',
      group: 'Changes',
      isRepeated: true,
      run: () => studio.redo(),
    },
    { keys: 'Ctrl+Y', label: 'Redo', group: 'Changes', isRepeated: true, run: () => studio.redo() },
  ]);
  return null;
}
