import { isMoving } from '@diorama/engine/recipe';
import { Pause, Play, SplitSquareHorizontal } from 'lucide-react';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useStudioState } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useEffectsTool, useToolState } from './use-effects-tool.ts';
import style from './view-status.module.css';

/** Before and after, play and pause, and whether a frame is being made. */
export function ViewStatus() {
  const { store } = useEffectsTool();
  const isBefore = useToolState((state) => state.isBefore);
  const isPlaying = useToolState((state) => state.isPlaying);
  const isBusy = useToolState((state) => state.isBusy);
  const isWhole = useToolState((state) => state.isWhole);
  const moves = useStudioState(({ recipe }) => recipe.effects.some(isMoving));
  const show = (before: boolean) => store.set({ isBefore: before });
  const turn = () => store.set({ isPlaying: !store.get().isPlaying });
  useKeys([
    {
      keys: 'B',
      label: 'Before and after',
      group: 'Effects',
      run: () => show(!store.get().isBefore),
    },
    { keys: 'P', label: 'Play and pause', group: 'Effects', run: () => moves && turn() },
  ]);
  return (
    <div className={style['status']} data-frame={isWhole ? 'whole' : 'on its way'}>
      <Button
        look="quiet"
        icon={<SplitSquareHorizontal size={18} />}
        aria-pressed={isBefore}
        aria-keyshortcuts="B"
        title="Hold to see the photo before (B)"
        onPointerDown={({ button, currentTarget, pointerId }) => {
          if (button !== 0) return;
          currentTarget.setPointerCapture(pointerId);
          show(true);
        }}
        onLostPointerCapture={() => show(false)}
        onClick={({ detail }) => {
          // By key there is nothing to hold: it turns over.
          if (detail === 0) show(!isBefore);
        }}
      >
        Before
      </Button>
      {moves && (
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          keys="P"
          icon={isPlaying ? <Pause size={18} /> : <Play size={18} />}
          onClick={turn}
        />
      )}
      <span role="status" className={style['busy']}>
        {isBusy && !isPlaying ? 'Working…' : ''}
      </span>
    </div>
  );
}
