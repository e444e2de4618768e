import { useCallback, useMemo } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import type { ExportKind } from '../../engine/export/export-order.ts';
import type { WorkLayers } from '../../engine/state.ts';
import { drawPart, type Part, PhotoCanvas, PhotoViewport } from '../../viewport/index.ts';
import { KIND_WORDS } from './export-words.ts';
import { type PlainLayer, pictureOfLayer } from './shown-picture.ts';
import { useFrame } from './use-frame.ts';

export type PictureKind = Exclude<ExportKind, 'layers' | 'psd' | 'mesh' | 'points'>;

const LAYER_OF_KIND: Readonly<Record<PictureKind, PlainLayer>> = {
  picture: 'photo',
  'cut-out': 'subject',
  'on-colour': 'subject',
  photo: 'photo',
  plate: 'plate',
  matte: 'matte',
  depth: 'depth',
  'plate-depth': 'plate-depth',
};

const PART_OF_KIND: Partial<Record<PictureKind, 'picture' | 'subject'>> = {
  picture: 'picture',
  'cut-out': 'subject',
  'on-colour': 'subject',
};

interface PictureViewProps {
  readonly layers: WorkLayers;
  readonly kind: PictureKind;
  /** Behind the subject, for `on-colour`. */
  readonly colour: string;
}

/** The picture that will be in the file. */
export function PictureView({ layers, kind, colour }: PictureViewProps) {
  const size = useStudioState(({ photo }) => photo?.size) ?? layers.size;
  const layer = LAYER_OF_KIND[kind];
  const plain = useMemo(() => pictureOfLayer(layers, layer), [layers, layer]);
  const picture = useFrame(PART_OF_KIND[kind] ?? 'none') ?? plain;
  const ground = kind === 'on-colour' ? colour : undefined;
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      if (ground) {
        context.fillStyle = ground;
        context.fillRect(0, 0, context.canvas.width, context.canvas.height);
      }
      drawPart(context, picture, part);
    },
    [picture, ground],
  );
  const { label } = KIND_WORDS[kind];
  const isCheckered = kind === 'cut-out' || (layer === 'photo' && layers.isTransparent);
  return (
    <PhotoViewport label={label} size={size}>
      <PhotoCanvas label={label} className={isCheckered ? 'checkered' : undefined} paint={paint} />
    </PhotoViewport>
  );
}
