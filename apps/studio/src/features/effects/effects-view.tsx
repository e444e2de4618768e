import { LayerCanvas } from '../layer-canvas.tsx';

export function EffectsView() {
  return <LayerCanvas layer="subject" />;
}
