import type { EffectOf } from '@diorama/contract';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { asDepth } from './depth-words.ts';

export function LightFalloffControls(props: EffectProps<EffectOf<'light-falloff'>>) {
  return (
    <>
      <EffectSlider
        {...props}
        name="strength"
        label="Falloff"
        undo="Light falloff"
        standard={0.5}
      />
      <EffectSlider
        {...props}
        name="depth"
        label="Lit"
        undo="Lit depth"
        standard={1}
        inWords={asDepth}
      />
    </>
  );
}
