import type { EffectOf } from '@diorama/contract';
import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ColourField } from '../../../ui/colour-field.tsx';
import { isFocusByKeys } from '../../../ui/is-focus-by-keys.ts';
import { Note } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { useFilePick } from '../../../ui/use-file-pick.tsx';
import type { EffectProps } from '../effect-props.ts';
import { EffectSlider } from '../effect-slider.tsx';
import { useEffectsTool } from '../use-effects-tool.ts';

type Background = EffectOf<'background'>;
type Fill = Background['fill'];

const KINDS = [
  { value: 'colour', label: 'Colour' },
  { value: 'gradient', label: 'Gradient' },
  { value: 'blur', label: 'Blur' },
  { value: 'picture', label: 'Picture' },
] as const;

const FIRST_FILLS: Readonly<Record<Exclude<Fill['kind'], 'picture'>, Fill>> = {
  colour: { kind: 'colour', colour: '#f1efeb' },
  gradient: { kind: 'gradient', from: '#dfe8f0', to: '#8fa6ba' },
  blur: { kind: 'blur', radius: 0.02 },
};

interface BackgroundControlsProps extends EffectProps<Background> {
  readonly onPicture: (file: File) => void;
}

export function BackgroundControls(props: BackgroundControlsProps) {
  const { effect, onChange, onPicture } = props;
  // A picture is wanted, and none was chosen yet.
  const [isAsking, setIsAsking] = useState(false);
  const { pick, input } = useFilePick({
    label: 'Picture for the background',
    accept: 'image/*',
    onFile: (file) => {
      setIsAsking(false);
      onPicture(file);
    },
  });
  return (
    <>
      <Segmented
        label="What is behind"
        choices={KINDS}
        value={isAsking ? 'picture' : effect.fill.kind}
        onChange={(kind) => {
          setIsAsking(kind === 'picture');
          if (kind !== 'picture') {
            onChange({ ...effect, fill: FIRST_FILLS[kind] }, { label: 'Background' });
          } else if (!isFocusByKeys()) pick();
        }}
      />
      {isAsking ? (
        <Button icon={<ImagePlus size={18} />} onClick={pick}>
          Choose a picture
        </Button>
      ) : (
        <FillControls {...props} onPick={pick} />
      )}
      {input}
      <EffectSlider {...props} name="lightMatch" label="Match the light" standard={0.5} />
    </>
  );
}

function FillControls(props: EffectProps<Background> & { readonly onPick: () => void }) {
  const { effect, onChange, onSettle, onPick } = props;
  const { fill } = effect;
  const change = (next: Fill, merge: string) =>
    onChange({ ...effect, fill: next }, { label: 'Background', merge });
  const { pictures } = useEffectsTool();
  switch (fill.kind) {
    case 'colour':
      return (
        <ColourField
          label="Colour"
          value={fill.colour}
          onChange={(colour) => change({ ...fill, colour }, 'colour')}
          onSettle={onSettle}
        />
      );
    case 'gradient':
      return (
        <>
          <ColourField
            label="Top"
            value={fill.from}
            onChange={(from) => change({ ...fill, from }, 'from')}
            onSettle={onSettle}
          />
          <ColourField
            label="Bottom"
            value={fill.to}
            onChange={(to) => change({ ...fill, to }, 'to')}
            onSettle={onSettle}
          />
        </>
      );
    case 'blur':
      return (
        <Slider
          label="Blur"
          value={fill.radius}
          min={0.001}
          max={0.1}
          step={0.001}
          standard={0.02}
          inWords={(value) => `${(value * 100).toFixed(1)} %`}
          onChange={(radius) => change({ ...fill, radius }, 'radius')}
          onSettle={onSettle}
        />
      );
    case 'picture':
      return (
        <>
          <Button icon={<ImagePlus size={18} />} onClick={onPick}>
            Another picture
          </Button>
          <Note>
            {pictures.names.includes(fill.picture)
              ? `${fill.picture}. It stays in this page.`
              : `The recipe wants “${fill.picture}”: choose it.`}
          </Note>
        </>
      );
  }
}
