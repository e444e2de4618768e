import type { ExportDone } from '../../engine/export/exporter.ts';
import style from './export-footer.module.css';
import { bytesInWords } from './export-words.ts';
import { useExporter } from './use-export.ts';

const DONE_WORDS: Readonly<Record<ExportDone['how'], string>> = {
  saved: 'Saved',
  written: 'Written',
  copied: 'Copied',
  shared: 'Shared',
};

/** What became of the last file, in one line. */
export function ExportNews() {
  const [, { done, problem }] = useExporter();
  return (
    <>
      <div role="status">
        {done && (
          <p className={style['news']}>
            <span className={style['good']}>{DONE_WORDS[done.how]}</span>
            {done.name}, {bytesInWords(done.bytes)}
          </p>
        )}
      </div>
      <div role="alert">
        {problem && <p className={`${style['news']} ${style['bad']}`}>{problem.message}</p>}
      </div>
    </>
  );
}
