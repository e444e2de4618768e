import { LayerCanvas } from '../layer-canvas.tsx';

export function CompareView() {
  return <LayerCanvas layer="photo" />;
}
