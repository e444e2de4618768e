import { useKeys } from '../../app/keys/use-keys.ts';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { DepthView } from './depth-view.tsx';
import style from './stage.module.css';
import { StageBar } from './stage-bar.tsx';
import { StageCanvas } from './stage-canvas.tsx';

/** The photo on a stage that can be looked at from the side, and beside it its depth while that is corrected. */
export function StageView() {
  const studio = useStudio();
  const isCorrecting = useStudioState(({ stage }) => stage.isCorrecting);
  useKeys([
    {
      keys: 'Space',
      label: 'Play or pause',
      group: 'Move',
      run: () => studio.setStage({ isPlaying: !studio.store.get().stage.isPlaying }),
    },
    {
      keys: 'D',
      label: 'Correct the depth',
      group: 'Move',
      run: () => studio.setStage({ isCorrecting: !studio.store.get().stage.isCorrecting }),
    },
  ]);
  return (
    <div className={style['view']} data-correcting={isCorrecting}>
      {isCorrecting && <DepthView />}
      <div className={style['play']}>
        <StageCanvas />
        <StageBar />
      </div>
    </div>
  );
}
