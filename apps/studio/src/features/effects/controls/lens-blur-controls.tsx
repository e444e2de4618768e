import type { EffectOf } from '@diorama/contract';
import { Note } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { asDepth } from './depth-words.ts';

/** Larger lenses are in the recipe only: nothing of a photo is left with them. */
const WIDEST = 0.4;

const BLADES = [
  { value: '0', label: 'Round' },
  { value: '5', label: '5', hint: 'Five blades' },
  { value: '6', label: '6', hint: 'Six blades' },
  { value: '8', label: '8 blades', hint: 'Eight blades' },
] as const;

export function LensBlurControls(props: EffectProps<EffectOf<'lens-blur'>>) {
  const { effect, onChange, onSettle } = props;
  const { focus } = effect;
  const isPlace = 'at' in focus;
  return (
    <>
      <Segmented
        label="What is sharp"
        choices={[
          { value: 'place', label: 'A place', hint: 'What you tap in the photo' },
          { value: 'depth', label: 'A depth', hint: 'Near or far, by a slider' },
        ]}
        value={isPlace ? 'place' : 'depth'}
        onChange={(value) =>
          onChange(
            { ...effect, focus: value === 'place' ? { at: [0.5, 0.5] } : { depth: 1 } },
            { label: 'Focus' },
          )
        }
      />
      {isPlace ? (
        <Note>Tap what should be sharp, or move the ring.</Note>
      ) : (
        <Slider
          label="Focus"
          value={focus.depth}
          standard={1}
          inWords={asDepth}
          onChange={(depth) =>
            onChange({ ...effect, focus: { depth } }, { label: 'Focus', merge: 'focus' })
          }
          onSettle={onSettle}
        />
      )}
      <EffectSlider
        {...props}
        name="aperture"
        label="Aperture"
        max={Math.max(WIDEST, effect.aperture)}
        step={0.005}
        standard={0.08}
        inWords={(value) => value.toFixed(3)}
      />
      <EffectSlider {...props} name="range" label="Sharp range" max={0.5} standard={0.15} />
      <EffectSlider {...props} name="highlights" label="Lights" standard={0.3} />
      <Segmented
        label="Blades of the diaphragm"
        choices={BLADES}
        value={String(effect.blades) as (typeof BLADES)[number]['value']} // another number is none of them
        onChange={(blades) => onChange({ ...effect, blades: Number(blades) }, { label: 'Blades' })}
      />
    </>
  );
}
