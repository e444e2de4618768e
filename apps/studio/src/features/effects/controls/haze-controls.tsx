import type { EffectOf } from '@diorama/contract';
import { EffectColour } from '../effect-colour.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { asDepth } from './depth-words.ts';

export function HazeControls(props: EffectProps<EffectOf<'haze'>>) {
  return (
    <>
      <EffectSlider {...props} name="density" label="Density" undo="Haze" standard={0.6} />
      <EffectSlider
        {...props}
        name="clearFrom"
        label="Clear up to"
        undo="Where haze begins"
        standard={1}
        inWords={asDepth}
      />
      <EffectColour {...props} undo="Colour of haze" />
    </>
  );
}
