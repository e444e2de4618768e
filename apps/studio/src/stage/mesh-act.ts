import { depthMesh } from '@diorama/core/scene';
import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  GLSL3,
  Mesh,
  NoBlending,
  RawShaderMaterial,
} from 'three';
import { createSolidAct, solidShape } from './solid-act.ts';
import { photoViewpoint } from './solid-camera.ts';
import type { ActLayer, StageAct } from './stage-act.ts';
import type { StageLook } from './stage-settings.ts';

const VERTEX = /* glsl */ `
precision highp float;
in vec3 position;
in vec2 uv;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
out vec2 at;
void main() {
  at = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
precision mediump float;
in vec2 at;
uniform sampler2D picture;
out vec4 colour;
void main() {
  vec4 seen = texture(picture, at);
  // A surface is there or not: half-transparent rims would hide what is behind them from the side.
  if (seen.a < 0.5) discard;
  colour = vec4(seen.rgb / seen.a, 1.0);
}
`;

const COLUMNS = { fewest: 60, most: 560 } as const;

/** The layers as surfaces in the photo's colours, cut where their depth jumps. */
export function createMeshAct(layers: readonly ActLayer[], look: StageLook): StageAct {
  const meshes = layers.map(({ shape, texture }) => {
    const surface = depthMesh(shape, solidShape(look, shape.depth, COLUMNS));
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(surface.positions, 3));
    geometry.setAttribute('uv', new BufferAttribute(surface.uvs, 2));
    geometry.setIndex(new BufferAttribute(surface.indices, 1));
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { picture: { value: texture } },
      side: DoubleSide,
      blending: NoBlending,
    });
    return new Mesh(geometry, material);
  });
  return createSolidAct(meshes, photoViewpoint);
}
