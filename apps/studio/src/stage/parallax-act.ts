import { lensOf } from '@diorama/core/scene';
import {
  BufferAttribute,
  BufferGeometry,
  Camera,
  CustomBlending,
  DoubleSide,
  GLSL3,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  Scene,
  Vector2,
  Vector4,
} from 'three';
import { parallaxGrid } from './parallax-grid.ts';
import { PARALLAX_FRAGMENT, PARALLAX_VERTEX } from './parallax-shader.ts';
import type { ActLayer, ActView, StageAct } from './stage-act.ts';
import { farthestOf, focusDistanceOf } from './stage-settings.ts';

/**
 * Around a subject a network's depth of the background is smeared, and bumps that nobody sees in a still picture wobble
 * in a moving one: so far around each node a whole background is evened out.
 */
const PLATE_SMOOTH_NODES = 3;
/**
 * By how much of the picture's width the nearest and the farthest point are moved against each other where `plate-still`
 * begins to fade, and where it is gone: rests of the subject are not to be seen beside it.
 */
const STILL_SHIFT = 0.0005;
const GONE_SHIFT = 0.004;

/** The layers behind each other, each on a grid that follows its own depth; what a subject uncovers is the plate. */
export function createParallaxAct(layers: readonly ActLayer[]): StageAct {
  const scene = new Scene();
  const pose = new Vector4();
  const lens = new Vector4();
  const fit = new Vector2(1, 1);
  const isWhole = !layers.some(({ name }) => name === 'plate-near');
  const opacity = { value: 0 };
  const meshes = layers.map((layer, index) => {
    const grid = parallaxGrid(
      layer.shape,
      isWhole && layer.name.startsWith('plate') ? PLATE_SMOOTH_NODES : 0,
    );
    const geometry = new BufferGeometry();
    geometry.setAttribute('place', new BufferAttribute(grid.places, 2));
    geometry.setAttribute('inverse', new BufferAttribute(grid.inverse, 1));
    geometry.setIndex(new BufferAttribute(grid.indices, 1));
    // Each layer has a slice of the depth buffer to itself, so that it is before those behind it whatever their depths.
    const span = 1.9 / layers.length;
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: PARALLAX_VERTEX,
      fragmentShader: PARALLAX_FRAGMENT,
      uniforms: {
        pose: { value: pose },
        lens: { value: lens },
        fit: { value: fit },
        picture: { value: layer.texture },
        opacity: layer.name === 'plate-still' ? opacity : { value: 1 },
        slice: { value: new Vector2(0.95 - (index + 1) * span, span) },
      },
      side: DoubleSide,
      transparent: true,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    });
    const mesh = new Mesh(geometry, material);
    mesh.frustumCulled = false;
    mesh.renderOrder = index;
    scene.add(mesh);
    return mesh;
  });
  const still = meshes[layers.findIndex(({ name }) => name === 'plate-still')];
  return {
    scene,
    camera: new Camera(),
    show: ({ look, pose: { x, y, z, zoom }, stillness, photo, canvas }: ActView) => {
      const { halfWidth, halfHeight } = lensOf(photo, (look.fovDegrees * Math.PI) / 180);
      pose.set(x, y, z, zoom);
      lens.set(halfWidth, halfHeight, farthestOf(look), focusDistanceOf(look));
      const side = Math.hypot(x / halfWidth, y / halfHeight);
      const shift = ((side + Math.abs(z)) / 2) * (1 - 1 / farthestOf(look));
      opacity.value = stillness * clamp((GONE_SHIFT - shift) / (GONE_SHIFT - STILL_SHIFT));
      if (still) still.visible = opacity.value > 0;
      // A canvas of another shape is covered.
      const shape = (photo.width / photo.height) * (canvas.height / canvas.width);
      fit.set(Math.max(1, shape), Math.max(1, 1 / shape));
    },
    dispose: () => {
      for (const { geometry, material } of meshes) {
        geometry.dispose();
        material.dispose();
      }
    },
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
