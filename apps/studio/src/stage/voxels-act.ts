import { voxels } from '@diorama/core/scene';
import {
  BoxGeometry,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  NoBlending,
  RawShaderMaterial,
} from 'three';
import { createSolidAct, solidShape } from './solid-act.ts';
import { boxViewpoint } from './solid-camera.ts';
import type { ActLayer, StageAct } from './stage-act.ts';
import type { StageLook } from './stage-settings.ts';

const VERTEX = /* glsl */ `
precision highp float;
in vec3 position;
in vec3 normal;
in vec3 centre;
in vec3 extent;
in vec3 tint;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform float fill;
out vec3 shade;
void main() {
  // The front stays in its own colour; sides are darker, the top lighter, as under a lamp above the camera.
  float light = normal.z > 0.5 ? 1.0 : normal.y > 0.5 ? 0.9 : normal.y < -0.5 ? 0.5 : 0.68;
  shade = tint * light;
  vec3 box = vec3(extent.xy * fill, extent.z);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(centre + position * box, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
precision mediump float;
in vec3 shade;
out vec4 colour;
void main() {
  colour = vec4(shade, 1.0);
}
`;

/** Boxes along the longer side; at the most, both layers make up some 30,000. */
const COLUMNS = { fewest: 28, most: 160 } as const;

/** The layers as boxes, as of building bricks. */
export function createVoxelsAct(layers: readonly ActLayer[], look: StageLook): StageAct {
  const shapes = layers.map(({ shape }) => shape);
  const depth = shapes[0]?.depth ?? { width: 1, height: 1 };
  const boxes = voxels(shapes, solidShape(look, depth, COLUMNS));
  const box = new BoxGeometry();
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', box.getAttribute('position'));
  geometry.setAttribute('normal', box.getAttribute('normal'));
  geometry.setIndex(box.getIndex());
  geometry.setAttribute('centre', new InstancedBufferAttribute(boxes.centres, 3));
  geometry.setAttribute('extent', new InstancedBufferAttribute(boxes.sizes, 3));
  geometry.setAttribute('tint', new InstancedBufferAttribute(boxes.colours, 3, true));
  geometry.instanceCount = boxes.centres.length / 3;
  const fill = { value: 1 };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { fill },
    blending: NoBlending,
  });
  return createSolidAct([new Mesh(geometry, material)], boxViewpoint, ({ look: now }) => {
    fill.value = Math.min(1, now.pointSize);
  });
}
