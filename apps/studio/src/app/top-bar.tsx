import { CircleQuestionMark, Image as ImageIcon, Redo2, Undo2 } from 'lucide-react';
import { Button, IconButton } from '../ui/button.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { usePickPhoto } from './photo-drop.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import { ThemeButton } from './theme/theme-button.tsx';
import style from './top-bar.module.css';

/** The name, what was opened, undo and redo, where the network runs, colours and help. */
export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  const studio = useStudio();
  const hasPhoto = useStudioState(({ phase }) => phase !== 'empty');
  return (
    <header className={style['bar']}>
      <h1>
        <button
          type="button"
          className={style['name']}
          onClick={() => studio.close()}
          aria-label={hasPhoto ? 'Diorama: close the photo and go back to the start' : undefined}
          title={hasPhoto ? 'Back to the start' : undefined}
        >
          <img src="/icon.svg" width="26" height="26" alt="" />
          <span className={style['word']}>Diorama</span>
        </button>
      </h1>
      {hasPhoto && <PhotoButtons />}
      <span className={style['gap']} />
      <ModeSwitch />
      <ThemeButton />
      <span className={style['help']}>
        <IconButton
          label="Keys"
          keys="?"
          icon={<CircleQuestionMark size={18} />}
          onClick={onHelp}
        />
      </span>
    </header>
  );
}

function PhotoButtons() {
  const studio = useStudio();
  const pick = usePickPhoto();
  const photo = useStudioState((state) => state.photo);
  const canUndo = useStudioState((state) => state.canUndo);
  const canRedo = useStudioState((state) => state.canRedo);
  const undoLabel = useStudioState((state) => state.undoLabel);
  const redoLabel = useStudioState((state) => state.redoLabel);
  return (
    <>
      <Button
        look="quiet"
        className={style['pick']}
        icon={<ImageIcon size={18} />}
        title="Open another photo (O)"
        aria-label={`Open another photo than ${photo?.name ?? 'this one'}`}
        onClick={pick}
      >
        <span className={style['photo']}>{photo?.name ?? 'Photo'}</span>
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
  );
}
