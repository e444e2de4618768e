import type { WorkLayers } from '../../engine/state.ts';

interface SpaceViewProps {
  readonly layers: WorkLayers;
  readonly kind: 'mesh' | 'points';
  readonly columns: number;
}

export function SpaceView(_props: SpaceViewProps) {
  return null;
}
