import type { EffectOf } from '@diorama/contract';
import { EffectColour } from '../effect-colour.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { LightBall } from './light-ball.tsx';

export function RelightControls(props: EffectProps<EffectOf<'relight'>>) {
  const { effect, onChange, onSettle } = props;
  return (
    <>
      <LightBall
        azimuthDegrees={effect.azimuthDegrees}
        elevationDegrees={effect.elevationDegrees}
        onChange={(direction) =>
          onChange({ ...effect, ...direction }, { label: 'Direction of light', merge: 'direction' })
        }
        onSettle={onSettle}
      />
      <EffectSlider
        {...props}
        name="strength"
        label="Strength"
        undo="Strength of light"
        standard={0.8}
      />
      <EffectSlider {...props} name="ambient" label="Light that stays" standard={0.6} />
      <EffectColour {...props} undo="Colour of light" />
    </>
  );
}
