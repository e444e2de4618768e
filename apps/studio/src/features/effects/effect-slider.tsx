import type { Effect } from '@diorama/contract';
import { Slider } from '../../ui/slider.tsx';
import type { EffectProps } from './effect-props.ts';

/** The settings of an effect that are one number. */
type NumberOf<One> = {
  [Name in keyof One]-?: One[Name] extends number ? Name : never;
}[keyof One] &
  string;

interface EffectSliderProps<One extends Effect>
  extends EffectProps<One>,
    Omit<React.ComponentProps<typeof Slider>, 'value' | 'onChange' | 'onSettle'> {
  /** The setting that it moves. */
  readonly name: NumberOf<One>;
  /** What undo calls it; the label if absent. */
  readonly undo?: string;
}

/** A slider for one number of an effect; a drag is one step of undo. */
export function EffectSlider<One extends Effect>(props: EffectSliderProps<One>) {
  const { effect, onChange, onSettle, name, undo, ...slider } = props;
  return (
    <Slider
      {...slider}
      value={effect[name] as number} // NumberOf names no other
      onChange={(value) =>
        onChange({ ...effect, [name]: value }, { label: undo ?? slider.label, merge: name })
      }
      onSettle={onSettle}
    />
  );
}
