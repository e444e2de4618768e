import { Dices } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { EffectColour } from '../effect-colour.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { LoopLength } from './loop-length.tsx';
import type { ParticlesEffect } from './motion-props.ts';
import { changeKind } from './new-effects.ts';

const KINDS = [
  { value: 'snow', label: 'Snow' },
  { value: 'rain', label: 'Rain' },
  { value: 'dust', label: 'Dust', hint: 'Motes in the light' },
  { value: 'bokeh', label: 'Lights', hint: 'Lights out of focus' },
] as const;

const asFactor = (value: number) => `${value.toFixed(value < 1 ? 2 : 1)} ×`;
const asWind = (value: number) =>
  value === 0 ? 'None' : `${Math.abs(value)}° to the ${value > 0 ? 'right' : 'left'}`;

/** What falls or floats, before and behind the subject. */
export function ParticlesControls(props: EffectProps<ParticlesEffect>) {
  const { effect, onChange } = props;
  return (
    <>
      <Segmented
        label="What falls or floats"
        choices={KINDS}
        value={effect.kind}
        onChange={(kind) => onChange(changeKind(effect, kind), { label: 'Particles' })}
      />
      <EffectSlider
        {...props}
        name="amount"
        label="Amount"
        undo="Amount of particles"
        standard={0.5}
      />
      <EffectSlider
        {...props}
        name="size"
        label="Size"
        undo="Size of particles"
        min={0.2}
        max={5}
        step={0.05}
        standard={1}
        inWords={asFactor}
      />
      <EffectSlider
        {...props}
        name="speed"
        label="Speed"
        undo="Speed of particles"
        max={5}
        step={0.05}
        standard={1}
        inWords={asFactor}
      />
      <EffectSlider
        {...props}
        name="windDegrees"
        label="Wind"
        min={-80}
        max={80}
        step={1}
        standard={0}
        inWords={asWind}
      />
      <LoopLength />
      <EffectColour {...props} undo="Colour of particles" />
      <Button
        icon={<Dices size={18} />}
        onClick={() =>
          onChange({ ...effect, seed: (effect.seed + 1) % 0xffffffff }, { label: 'Another throw' })
        }
      >
        Another throw
      </Button>
    </>
  );
}
