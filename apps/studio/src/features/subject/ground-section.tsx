import { DioramaError } from '@diorama/core';
import { ImageUp } from 'lucide-react';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../ui/button.tsx';
import { ColourField } from '../../ui/colour-field.tsx';
import { isFocusByKeys } from '../../ui/is-focus-by-keys.ts';
import { Note, Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import { useFilePick } from '../../ui/use-file-pick.tsx';
import { type Ground, groundOf, useSubject } from './subject-store.ts';
import { useHasNothing } from './use-has-nothing.ts';

/** Background pictures are only looked at here: no screen shows more. */
const PICTURE_LONG_SIDE = 2048;

/** What the cut-out is shown on, only for looking. */
export function GroundSection() {
  const studio = useStudio();
  const [settings, set] = useSubject();
  const { colour, picture, hasOutline } = settings;
  const ground = groundOf(settings, useHasNothing());
  const take = async (chosen: File) => {
    try {
      const next = await openPicture(chosen);
      picture?.close();
      set({ picture: next, ground: 'picture' });
    } catch (error) {
      studio.showProblem(error);
    }
  };
  const { pick, input } = useFilePick({
    label: 'Picture behind the cut-out',
    accept: 'image/*',
    onFile: (file) => void take(file),
  });
  return (
    <Section title="Look at it on">
      <Segmented<Ground>
        label="What the cut-out is shown on"
        choices={[
          { value: 'checker', label: 'Checker' },
          { value: 'photo', label: 'Photo', hint: 'The photo, its background dimmed' },
          { value: 'white', label: 'White' },
          { value: 'black', label: 'Black' },
          { value: 'colour', label: 'Colour' },
          { value: 'blur', label: 'Blur', hint: 'The photo, blurred' },
          { value: 'picture', label: 'Picture', hint: 'A picture of your own' },
        ]}
        value={ground}
        onChange={(next) => {
          set({ ground: next });
          if (next === 'picture' && !picture && !isFocusByKeys()) pick();
        }}
      />
      {ground === 'colour' && (
        <ColourField label="Colour" value={colour} onChange={(next) => set({ colour: next })} />
      )}
      {ground === 'picture' && (
        <Button icon={<ImageUp size={18} />} onClick={pick}>
          {picture ? 'Another picture' : 'Choose a picture'}
        </Button>
      )}
      {input}
      <Switch label="Outline" isOn={hasOutline} onChange={(isOn) => set({ hasOutline: isOn })} />
      <Note>Only for looking. Effects puts another background behind the subject for good.</Note>
    </Section>
  );
}

async function openPicture(file: File): Promise<ImageBitmap> {
  try {
    const whole = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const factor = PICTURE_LONG_SIDE / Math.max(whole.width, whole.height);
    if (factor >= 1) return whole;
    const resizeWidth = Math.max(1, Math.round(whole.width * factor));
    const resizeHeight = Math.max(1, Math.round(whole.height * factor));
    const smaller = await createImageBitmap(whole, {
      resizeWidth,
      resizeHeight,
      resizeQuality: 'medium',
    });
    whole.close();
    return smaller;
  } catch (error) {
    throw new DioramaError('PHOTO_UNREADABLE', 'This browser cannot read the file as a picture.', {
      cause: error,
    });
  }
}
