import { Image as ImageIcon, Redo2, Undo2 } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { usePickPhoto } from './photo-drop.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import style from './top-bar.module.css';

/** The name, what was opened, undo and redo, and where the network runs. */
export function TopBar() {
  const studio = useStudio();
  const pick = usePickPhoto();
  const hasPhoto = useStudioState(({ phase }) => phase !== 'empty');
  const photo = useStudioState((state) => state.photo);
  const canUndo = useStudioState((state) => state.canUndo);
  const canRedo = useStudioState((state) => state.canRedo);
  const undoLabel = useStudioState((state) => state.undoLabel);
  const redoLabel = useStudioState((state) => state.redoLabel);
  return (
    <header className={style['bar']}>
      <button
        type="button"
        className={style['name']}
        onClick={() => studio.close()}
        title="Back to the start"
      >
        <img src="/icon.svg" width="26" height="26" alt="" />
        <h1>Diorama</h1>
      </button>
      {hasPhoto && (
        <>
          <Button look="quiet" icon={<ImageIcon size={18} />} onClick={pick}>
            <span className={style['photo']}>{photo?.name ?? 'Open'}</span>
          </Button>
          <IconButton
            label={undoLabel ? `Undo ${undoLabel}` : 'Undo'}
            keys="Ctrl+Z"
            icon={<Undo2 size={18} />}
            disabled={!canUndo}
            onClick={() => studio.undo()}
          />
          <IconButton
            label={redoLabel ? `Redo ${redoLabel}` : 'Redo'}
            keys="Ctrl+Shift+Z"
            icon={<Redo2 size={18} />}
            disabled={!canRedo}
            onClick={() => studio.redo()}
          />
        </>
      )}
      <span className={style['gap']} />
      <ModeSwitch />
    </header>
  );
}
