import { isMoving } from '@diorama/engine/recipe';
import { Pause, Play, RotateCcw, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { STRAIGHT_ON } from '../../stage/stage-settings.ts';
import { askForTilt, canTilt, type TiltAnswer } from '../../stage/tilt.ts';
import { IconButton } from '../../ui/button.tsx';
import style from './stage.module.css';

const TILT_IN_WORDS: Readonly<Record<TiltAnswer, string>> = {
  told: '',
  refused: 'The browser was not allowed to tell how the device is held.',
  silent: 'This device does not tell how it is held.',
};

/** Under the stage: play and pause, back to the front, and tilt where the device can. */
export function StageBar() {
  const studio = useStudio();
  const { isPlaying, isTilted, path, look } = useStudioState(({ stage }) => stage);
  const isAlive = useStudioState(({ recipe }) => recipe.effects.some(isMoving));
  const { turn, kind } = look;
  const [answer, setAnswer] = useState<TiltAnswer>('told');
  const tilt = async () => {
    if (isTilted) return studio.setStage({ isTilted: false });
    const told = await askForTilt();
    setAnswer(told);
    studio.setStage({ isTilted: told === 'told' });
  };
  return (
    <div className={style['bar']}>
      <IconButton
        label={isPlaying ? 'Pause' : 'Play'}
        keys="Space"
        icon={isPlaying ? <Pause size={18} /> : <Play size={18} />}
        disabled={path === 'still' && !isAlive}
        onClick={() => studio.setStage({ isPlaying: !isPlaying })}
      />
      {kind !== 'parallax' && (
        <IconButton
          label="Back to the front"
          keys="0"
          icon={<RotateCcw size={18} />}
          disabled={turn === STRAIGHT_ON}
          onClick={() => studio.setStage({ look: { ...look, turn: STRAIGHT_ON } })}
        />
      )}
      {canTilt() && (
        <IconButton
          label="Move by tilting"
          icon={<Smartphone size={18} />}
          isPressed={isTilted}
          onClick={() => void tilt()}
        />
      )}
      <span className={style['refusal']} role="status">
        {TILT_IN_WORDS[answer]}
      </span>
      {answer === 'told' && (
        <span className={style['hint']}>{hintOf(kind, isPlaying && path !== 'still')}</span>
      )}
    </div>
  );
}

function hintOf(kind: string, isOnPath: boolean): string {
  const canHover = matchMedia('(hover: hover)').matches;
  if (kind !== 'parallax') {
    return canHover
      ? 'Drag to turn, Shift and drag to move, wheel to come nearer'
      : 'Drag to turn, two fingers to move and come nearer';
  }
  return isOnPath || !canHover
    ? 'Drag to look from the side'
    : 'Move the pointer to look from the side';
}
