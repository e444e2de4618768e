import {
  EXPORT_GROUPS,
  type ExportGroup,
  KINDS_OF_GROUP,
} from '../../engine/export/export-settings.ts';
import { Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ExportFooter } from './export-footer.tsx';
import style from './export-panel.module.css';
import { GROUP_WORDS } from './export-words.ts';
import { FormatOptions } from './format-options.tsx';
import { KindList } from './kind-list.tsx';
import { MoviePanel } from './movie-slot.tsx';
import { SizeOptions } from './size-options.tsx';
import { useChoice, useExporter, useExportSettings } from './use-export.ts';

/** What is to be had of the photo, and how. */
export function ExportPanel() {
  const [{ group, kinds }, change] = useExportSettings();
  const [, { job }] = useExporter();
  const choice = useChoice();
  const isBusy = job !== undefined;
  return (
    <div className={style['panel']}>
      <Section title="Export">
        <Segmented<ExportGroup>
          label="What to export"
          choices={EXPORT_GROUPS.map((value) => ({ value, label: GROUP_WORDS[value] }))}
          value={group}
          onChange={(next) => change({ group: next })}
        />
        {group !== 'movie' && (
          <>
            <KindList
              label={GROUP_WORDS[group]}
              kinds={KINDS_OF_GROUP[group]}
              value={kinds[group]}
              onChange={(kind) => change({ kinds: { ...kinds, [group]: kind } })}
              disabled={isBusy}
            />
            <FormatOptions disabled={isBusy} />
          </>
        )}
      </Section>
      {choice ? (
        <>
          <Section title="Size">
            <SizeOptions disabled={isBusy} />
          </Section>
          <ExportFooter choice={choice} />
        </>
      ) : (
        <MoviePanel />
      )}
    </div>
  );
}
