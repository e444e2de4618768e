import type { EffectOf } from '@diorama/contract';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { asDepth } from './depth-words.ts';

export function LightFalloffControls(props: EffectProps<EffectOf<'light-falloff'>>) {
  const { effect, onChange, onSettle } = props;
  return (
    <>
      <Slider
        label="Falloff"
        value={effect.strength}
        standard={0.5}
        onChange={(strength) =>
          onChange({ ...effect, strength }, { label: 'Light falloff', merge: 'strength' })
        }
        onSettle={onSettle}
      />
      <Slider
        label="Lit"
        value={effect.depth}
        standard={1}
        inWords={asDepth}
        onChange={(depth) => onChange({ ...effect, depth }, { label: 'Lit depth', merge: 'depth' })}
        onSettle={onSettle}
      />
    </>
  );
}
