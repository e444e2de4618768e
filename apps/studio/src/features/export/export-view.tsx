import { useStudioState } from '../../app/studio-context.ts';
import { LayerSheet } from './layer-sheet.tsx';
import { MovieView } from './movie-slot.tsx';
import { PictureView } from './picture-view.tsx';
import { SpaceView } from './space-view.tsx';
import { useChoice } from './use-export.ts';

/** What will be in the file. */
export function ExportView() {
  const layers = useStudioState((state) => state.layers);
  const choice = useChoice();
  if (!layers) return null;
  if (!choice) return <MovieView />;
  switch (choice.kind) {
    case 'layers':
    case 'psd':
      return <LayerSheet layers={layers} kind={choice.kind} />;
    case 'mesh':
    case 'points':
      return <SpaceView layers={layers} kind={choice.kind} columns={choice.columns} />;
    default:
      return <PictureView layers={layers} kind={choice.kind} colour={choice.colour} />;
  }
}
