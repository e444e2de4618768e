import { LayerCanvas } from '../layer-canvas.tsx';

export function StageView() {
  return <LayerCanvas layer="subject" />;
}
