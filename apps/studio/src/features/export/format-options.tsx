import type { PictureFormat } from '../../engine/export/export-order.ts';
import { canBeLossless } from '../../engine/export/export-settings.ts';
import { formatsOf } from '../../engine/export/file-format.ts';
import { ColourField } from '../../ui/colour-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { FORMAT_WORDS } from './export-words.ts';
import { useChoice, useExportSettings } from './use-export.ts';

/** How the chosen file is written: only what there is to choose for it. */
export function FormatOptions({ disabled }: { readonly disabled: boolean }) {
  const [settings, change] = useExportSettings();
  const choice = useChoice();
  if (!choice) return null;
  const { kind, format } = choice;
  const formats = formatsOf(kind);
  const isLossy = formats.length > 1 && format !== 'png' && !choice.isLossless;
  return (
    <>
      {kind === 'on-colour' && (
        <ColourField
          label="Colour"
          value={settings.colour}
          onChange={(colour) => change({ colour })}
          disabled={disabled}
        />
      )}
      {formats.length > 1 && (
        <Segmented<PictureFormat>
          label="Format"
          choices={formats.map((value) => ({ value, ...FORMAT_WORDS[value] }))}
          value={format}
          onChange={(next) => change({ format: next })}
          disabled={disabled}
        />
      )}
      {canBeLossless(kind, format) && (
        <Switch
          label="Without loss"
          isOn={settings.isLossless}
          onChange={(isLossless) => change({ isLossless })}
          disabled={disabled}
        />
      )}
      {isLossy && (
        <Slider
          label="Quality"
          value={choice.quality}
          min={10}
          max={100}
          step={1}
          inWords={String}
          onChange={(quality) =>
            change({ qualities: { ...settings.qualities, [format]: quality } })
          }
          disabled={disabled}
        />
      )}
      {(kind === 'mesh' || kind === 'points') && (
        <Slider
          label={kind === 'mesh' ? 'Corners along the longer side' : 'Points along the longer side'}
          value={choice.columns}
          min={64}
          max={kind === 'mesh' ? 1024 : 2048}
          step={32}
          inWords={String}
          onChange={(columns) =>
            change(kind === 'mesh' ? { meshColumns: columns } : { pointColumns: columns })
          }
          disabled={disabled}
        />
      )}
    </>
  );
}
