import { Dices } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { LoopLength } from './loop-length.tsx';
import style from './motion.module.css';
import type { MotionProps, ParticlesEffect } from './motion-props.ts';
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
export function ParticlesControls(props: MotionProps<ParticlesEffect>) {
  const { effect, onChange, onSettle } = props;
  const slide =
    (key: 'amount' | 'size' | 'speed' | 'windDegrees', label: string) => (value: number) =>
      onChange({ ...effect, [key]: value }, { label, merge: `particles-${key}` });
  return (
    <>
      <Segmented
        label="What falls or floats"
        choices={KINDS}
        value={effect.kind}
        onChange={(kind) => onChange(changeKind(effect, kind), { label: 'Particles' })}
      />
      <Slider
        label="Amount"
        value={effect.amount}
        standard={0.5}
        onChange={slide('amount', 'Amount of particles')}
        onSettle={onSettle}
      />
      <Slider
        label="Size"
        value={effect.size}
        min={0.2}
        max={5}
        step={0.05}
        standard={1}
        inWords={asFactor}
        onChange={slide('size', 'Size of particles')}
        onSettle={onSettle}
      />
      <Slider
        label="Speed"
        value={effect.speed}
        max={5}
        step={0.05}
        standard={1}
        inWords={asFactor}
        onChange={slide('speed', 'Speed of particles')}
        onSettle={onSettle}
      />
      <Slider
        label="Wind"
        value={effect.windDegrees}
        min={-80}
        max={80}
        step={1}
        standard={0}
        inWords={asWind}
        onChange={slide('windDegrees', 'Wind')}
        onSettle={onSettle}
      />
      <LoopLength />
      <div className={style['row']}>
        <label className={style['colour']}>
          <span>Colour</span>
          <input
            type="color"
            value={effect.colour}
            onChange={(event) =>
              onChange(
                { ...effect, colour: event.currentTarget.value },
                { label: 'Colour of particles', merge: 'particles-colour' },
              )
            }
            onBlur={onSettle}
          />
        </label>
        <Button
          icon={<Dices size={18} />}
          onClick={() =>
            onChange(
              { ...effect, seed: (effect.seed + 1) % 0xffffffff },
              { label: 'Another throw' },
            )
          }
        >
          Another throw
        </Button>
      </div>
    </>
  );
}
