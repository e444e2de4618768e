import { useId } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { LONG_SIDES, type LongSideChoice, sizeOf } from '../../engine/export/export-settings.ts';
import { sizeInWords } from '../../engine/size-in-words.ts';
import { Note } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import style from './field.module.css';
import { PixelInput } from './pixel-input.tsx';
import { limitInWords } from './size-limits.ts';
import { useChoice, useExportSettings } from './use-export.ts';

const CHOICES = [
  { value: 'full', label: 'Full' },
  ...LONG_SIDES.map((value) => ({ value, label: value })),
] as const;

/** How large it becomes: its longer side. */
export function SizeOptions({ disabled }: { readonly disabled: boolean }) {
  const id = useId();
  const [settings, change] = useExportSettings();
  const choice = useChoice();
  const photo = useStudioState((state) => state.photo);
  if (!choice || !photo) return null;
  const size = sizeOf(choice, photo.size);
  if (choice.kind === 'points') {
    return (
      <Note>{sizeInWords(size)} points of the plate, and those of the subject before them.</Note>
    );
  }
  const limit = limitInWords(choice, size);
  return (
    <>
      <Segmented<LongSideChoice>
        label="Longer side in pixels"
        choices={CHOICES}
        value={settings.longSide}
        onChange={(longSide) => change({ longSide })}
        disabled={disabled}
      />
      <div className={style['field']}>
        <label htmlFor={id}>Longer side</label>
        <span className={style['unit']}>
          <PixelInput
            id={id}
            most={Math.max(photo.size.width, photo.size.height)}
            value={Math.max(size.width, size.height)}
            onChange={(ownLongSide) => change({ longSide: 'own', ownLongSide })}
            disabled={disabled}
          />
          px
        </span>
      </div>
      <Note>
        {choice.kind === 'mesh' && 'Textures of '}
        {sizeInWords(size)} px, {megapixels(size.width * size.height)} MP
      </Note>
      {limit && <Note look="notice">{limit}</Note>}
    </>
  );
}

function megapixels(pixels: number): string {
  const millions = pixels / 1e6;
  return millions < 10 ? millions.toFixed(1) : String(Math.round(millions));
}
