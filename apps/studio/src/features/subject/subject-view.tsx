import { LayerCanvas } from '../layer-canvas.tsx';

export function SubjectView() {
  return <LayerCanvas layer="subject" />;
}
