import type { EffectOf } from '@diorama/contract';
import { ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ColourField } from '../../../ui/colour-field.tsx';
import { Note } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { EffectProps } from '../effect-props.ts';
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
  const { effect, onChange, onSettle, onPicture } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Segmented
        label="What is behind"
        choices={KINDS}
        value={effect.fill.kind}
        onChange={(kind) => {
          if (kind === 'picture') input.current?.click();
          else onChange({ ...effect, fill: FIRST_FILLS[kind] }, { label: 'Background' });
        }}
      />
      <FillControls {...props} onPick={() => input.current?.click()} />
      <input
        ref={input}
        className="unseen"
        type="file"
        aria-label="Picture for the background"
        tabIndex={-1}
        accept="image/*"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onPicture(file);
          event.currentTarget.value = '';
        }}
      />
      <Slider
        label="Match the light"
        value={effect.lightMatch}
        standard={0.5}
        onChange={(lightMatch) =>
          onChange({ ...effect, lightMatch }, { label: 'Match the light', merge: 'match' })
        }
        onSettle={onSettle}
      />
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
