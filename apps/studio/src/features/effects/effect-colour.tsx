import type { Effect } from '@diorama/contract';
import { ColourField } from '../../ui/colour-field.tsx';
import type { EffectProps } from './effect-props.ts';

interface EffectColourProps<One extends Effect> extends EffectProps<One> {
  /** What undo calls it. */
  readonly undo: string;
}

/** The colour of an effect that has one. */
export function EffectColour<One extends Effect & { readonly colour: string }>(
  props: EffectColourProps<One>,
) {
  const { effect, onChange, onSettle, undo } = props;
  return (
    <ColourField
      label="Colour"
      value={effect.colour}
      onChange={(colour) => onChange({ ...effect, colour }, { label: undo, merge: 'colour' })}
      onSettle={onSettle}
    />
  );
}
