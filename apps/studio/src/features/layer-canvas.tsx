import { useEffect, useRef } from 'react';
import { useStudioState } from '../app/studio-context.ts';

/** One layer as it is, as large as it fits. */
export function LayerCanvas({ layer }: { readonly layer: 'photo' | 'subject' | 'plate' }) {
  const layers = useStudioState((state) => state.layers);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!layers || !canvas.current) return;
    canvas.current.width = layers.size.width;
    canvas.current.height = layers.size.height;
    canvas.current.getContext('2d')?.drawImage(layers[layer], 0, 0);
  }, [layers, layer]);
  return (
    <canvas
      ref={canvas}
      className="checkered"
      style={{ maxWidth: '100%', maxHeight: '100%', margin: 'auto' }}
    />
  );
}
