import type { EffectOf } from '@diorama/contract';
import { ColourField } from '../../../ui/colour-field.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { LightBall } from './light-ball.tsx';

export function RelightControls({ effect, onChange, onSettle }: EffectProps<EffectOf<'relight'>>) {
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
      <Slider
        label="Strength"
        value={effect.strength}
        standard={0.8}
        onChange={(strength) =>
          onChange({ ...effect, strength }, { label: 'Strength of light', merge: 'strength' })
        }
        onSettle={onSettle}
      />
      <Slider
        label="Light that stays"
        value={effect.ambient}
        standard={0.6}
        onChange={(ambient) =>
          onChange({ ...effect, ambient }, { label: 'Light that stays', merge: 'ambient' })
        }
        onSettle={onSettle}
      />
      <ColourField
        label="Colour"
        value={effect.colour}
        onChange={(colour) =>
          onChange({ ...effect, colour }, { label: 'Colour of light', merge: 'colour' })
        }
        onSettle={onSettle}
      />
    </>
  );
}
