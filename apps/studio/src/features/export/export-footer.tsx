import { Copy, Download, FolderDown, Share2, X } from 'lucide-react';
import { useStudioState } from '../../app/studio-context.ts';
import type { ExportChoice } from '../../engine/export/export-order.ts';
import { sizeOf } from '../../engine/export/export-settings.ts';
import { fileNameOf, formatOf, formatsOf } from '../../engine/export/file-format.ts';
import { canChoosePlace, canCopyPicture, canShare } from '../../engine/export/save-file.ts';
import { mostPixelsOf } from '../../engine/export/size-limits.ts';
import { Button } from '../../ui/button.tsx';
import style from './export-footer.module.css';
import { ExportNews } from './export-news.tsx';
import { EXPORT_STEP_WORDS } from './export-words.ts';
import { useExporter } from './use-export.ts';
import { useFocusKept } from './use-focus-kept.ts';

/** The one button of the tool and its kin, the progress in their place while a file is being made, and the news. */
export function ExportFooter({ choice }: { readonly choice: ExportChoice }) {
  const [exporter, { job, toShare }] = useExporter();
  const photo = useStudioState((state) => state.photo);
  const isReady = useStudioState(({ phase, isRemaking }) => phase === 'ready' && !isRemaking);
  const footer = useFocusKept(job !== undefined);
  if (!photo) return null;
  const name = fileNameOf(photo.name, choice);
  const size = sizeOf(choice, photo.size);
  const isTooLarge = size.width * size.height > mostPixelsOf(choice);
  const isPicture = formatsOf(choice.kind).includes('png');
  const disabled = !isReady || isTooLarge;
  return (
    <footer ref={footer} className={style['footer']}>
      <ExportNews />
      {job ? (
        <div key="job" className={style['job']}>
          <p id="export-step">
            {EXPORT_STEP_WORDS[job.step]}
            <progress aria-labelledby="export-step" value={job.share} />
          </p>
          <Button icon={<X size={18} />} onClick={() => exporter.cancel()}>
            Cancel
          </Button>
        </div>
      ) : (
        <div key="buttons" className={style['buttons']}>
          <Button
            look="main"
            className={style['export']}
            icon={<Download size={18} />}
            disabled={disabled}
            title={name}
            onClick={() => void exporter.save(choice)}
          >
            Export
          </Button>
          {canChoosePlace() && (
            <Button
              icon={<FolderDown size={18} />}
              disabled={disabled}
              onClick={() => void exporter.saveAs(choice)}
            >
              <span>Save as</span>
            </Button>
          )}
          {isPicture && canCopyPicture() && (
            <Button
              icon={<Copy size={18} />}
              disabled={disabled}
              onClick={() => void exporter.copy(choice)}
            >
              <span>Copy</span>
            </Button>
          )}
          {canShare(name, formatOf(choice)) && (
            <Button
              icon={<Share2 size={18} />}
              disabled={disabled}
              onClick={() => void (toShare ? exporter.share() : exporter.prepareShare(choice))}
            >
              <span>{toShare ? 'Share now' : 'Share'}</span>
            </Button>
          )}
        </div>
      )}
    </footer>
  );
}
