import type { Size } from '@diorama/core';
import { type Lens, lensOf } from '@diorama/core/scene';
import { type BufferGeometry, type Material, type Mesh, type Points, Scene } from 'three';
import { SolidCamera, type Viewpoint } from './solid-camera.ts';
import type { ActView, StageAct } from './stage-act.ts';
import { farthestOf, type StageLook } from './stage-settings.ts';

/** What is made of points, triangles or boxes. */
type Solid = Mesh<BufferGeometry, Material> | Points<BufferGeometry, Material>;

interface SolidShape {
  readonly columns: number;
  readonly farthest: number;
  readonly lens: Lens;
}

/** How a solid of a look is made: as deep, and from as few to as many columns as its density says. */
export function solidShape(
  look: StageLook,
  depth: Size,
  { fewest, most }: { readonly fewest: number; readonly most: number },
): SolidShape {
  return {
    columns: Math.round(fewest + (most - fewest) * look.density),
    farthest: farthestOf(look),
    lens: lensOf(depth, (look.fovDegrees * Math.PI) / 180),
  };
}

/** An act of solids that a camera turns around. Owns their geometries and materials. */
export function createSolidAct(
  solids: readonly Solid[],
  viewpointOf: (view: ActView) => Viewpoint,
  onShow: (view: ActView) => void = () => undefined,
): StageAct {
  const scene = new Scene();
  for (const solid of solids) {
    solid.frustumCulled = false;
    scene.add(solid);
  }
  const solid = new SolidCamera();
  return {
    scene,
    camera: solid.camera,
    show: (view) => {
      solid.show(view, viewpointOf(view));
      onShow(view);
    },
    dispose: () => {
      for (const { geometry, material } of solids) {
        geometry.dispose();
        material.dispose();
      }
    },
  };
}
