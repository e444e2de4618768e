import { useId } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { LONG_SIDES, type LongSideChoice, sizeOf } from '../../engine/export/export-settings.ts';
import { Note } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import style from './field.module.css';
import { limitInWords } from './size-limits.ts';
import { useChoice, useExportSettings } from './use-export.ts';

const LABELS: Readonly<Record<LongSideChoice, string>> = {
  full: 'Full',
  '4096': '4096',
  '2048': '2048',
  '1080': '1080',
  own: 'Own',
};

/** How large it becomes: its longer side. */
export function SizeOptions({ disabled }: { readonly disabled: boolean }) {
  const id = useId();
  const [settings, change] = useExportSettings();
  const choice = useChoice();
  const photo = useStudioState((state) => state.photo);
  if (!choice || !photo) return null;
  const size = sizeOf(choice, photo.size);
  const limit = limitInWords(choice, size);
  return (
    <>
      <Segmented<LongSideChoice>
        label="Longer side in pixels"
        choices={LONG_SIDES.map((value) => ({ value, label: LABELS[value] }))}
        value={settings.longSide}
        onChange={(longSide) => change({ longSide })}
        disabled={disabled}
      />
      {settings.longSide === 'own' && (
        <div className={style['field']}>
          <label htmlFor={id}>Longer side</label>
          <span className={style['unit']}>
            <input
              id={id}
              type="number"
              min={1}
              max={Math.max(photo.size.width, photo.size.height)}
              step={1}
              value={settings.ownLongSide}
              disabled={disabled}
              onChange={(event) => {
                const pixels = event.currentTarget.valueAsNumber;
                if (pixels >= 1) change({ ownLongSide: Math.round(pixels) });
              }}
            />
            px
          </span>
        </div>
      )}
      <Note>
        {size.width} × {size.height} px, {megapixels(size.width * size.height)} MP
      </Note>
      {limit && <Note look="notice">{limit}</Note>}
    </>
  );
}

function megapixels(pixels: number): string {
  const millions = pixels / 1e6;
  return millions < 10 ? millions.toFixed(1) : String(Math.round(millions));
}
