import { LayerCanvas } from '../layer-canvas.tsx';

export function ExportView() {
  return <LayerCanvas layer="subject" />;
}
