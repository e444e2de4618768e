import type { EffectOf } from '@diorama/contract';
import { ColourField } from '../../../ui/colour-field.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { asDepth } from './depth-words.ts';

export function HazeControls({ effect, onChange, onSettle }: EffectProps<EffectOf<'haze'>>) {
  return (
    <>
      <Slider
        label="Density"
        value={effect.density}
        standard={0.6}
        onChange={(density) =>
          onChange({ ...effect, density }, { label: 'Haze', merge: 'density' })
        }
        onSettle={onSettle}
      />
      <Slider
        label="Clear up to"
        value={effect.clearFrom}
        standard={1}
        inWords={asDepth}
        onChange={(clearFrom) =>
          onChange({ ...effect, clearFrom }, { label: 'Where haze begins', merge: 'clear' })
        }
        onSettle={onSettle}
      />
      <ColourField
        label="Colour"
        value={effect.colour}
        onChange={(colour) =>
          onChange({ ...effect, colour }, { label: 'Colour of haze', merge: 'colour' })
        }
        onSettle={onSettle}
      />
    </>
  );
}
