import type { LayeredScene, SceneLayer } from '../scene/layered-scene.ts';

export type SceneLayerName = 'plate' | 'between' | 'subject' | 'front';

/** The scene with each of its layers changed for itself. */
export function mapLayers(
  scene: LayeredScene,
  change: (layer: SceneLayer, name: SceneLayerName) => SceneLayer,
): LayeredScene {
  const { plate, between, subject, front } = scene;
  return {
    ...scene,
    plate: change(plate, 'plate'),
    ...(between ? { between: change(between, 'between') } : {}),
    subject: change(subject, 'subject'),
    ...(front ? { front: change(front, 'front') } : {}),
  };
}
