import type { EffectOf } from '@diorama/contract';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { asDepth } from './depth-words.ts';

export function ColourPopControls(props: EffectProps<EffectOf<'colour-pop'>>) {
  const { effect, onChange, onSettle } = props;
  const { keep } = effect;
  return (
    <>
      <Segmented
        label="What keeps its colour"
        choices={[
          { value: 'subject', label: 'Subject' },
          { value: 'depth', label: 'A depth' },
        ]}
        value={keep === 'subject' ? 'subject' : 'depth'}
        onChange={(value) =>
          onChange(
            { ...effect, keep: value === 'subject' ? 'subject' : { depth: 0.9, range: 0.15 } },
            { label: 'What keeps its colour' },
          )
        }
      />
      {keep !== 'subject' && (
        <>
          <Slider
            label="Depth"
            value={keep.depth}
            inWords={asDepth}
            onChange={(depth) =>
              onChange(
                { ...effect, keep: { ...keep, depth } },
                { label: 'Depth in colour', merge: 'depth' },
              )
            }
            onSettle={onSettle}
          />
          <Slider
            label="Range"
            value={keep.range}
            onChange={(range) =>
              onChange(
                { ...effect, keep: { ...keep, range } },
                { label: 'Range in colour', merge: 'range' },
              )
            }
            onSettle={onSettle}
          />
        </>
      )}
      <EffectSlider
        {...props}
        name="amount"
        label="Greyness of the rest"
        undo="Colour pop"
        standard={1}
      />
    </>
  );
}
