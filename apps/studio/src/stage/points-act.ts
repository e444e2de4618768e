import { pointCloud } from '@diorama/core/scene';
import {
  BufferAttribute,
  BufferGeometry,
  GLSL3,
  NoBlending,
  Points,
  RawShaderMaterial,
} from 'three';
import { createSolidAct, solidShape } from './solid-act.ts';
import { photoViewpoint } from './solid-camera.ts';
import type { ActLayer, StageAct } from './stage-act.ts';
import type { StageLook } from './stage-settings.ts';

const VERTEX = /* glsl */ `
precision highp float;
in vec3 position;
in vec3 tint;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
uniform float span;
uniform float tallPx;
out vec3 shade;
void main() {
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  shade = tint;
  gl_Position = projectionMatrix * seen;
  // A point is as large as what it stands for: neighbours are farther apart the farther away they were.
  gl_PointSize = max(1.0, span * -position.z * projectionMatrix[1][1] * 0.5 * tallPx / gl_Position.w);
}
`;

const FRAGMENT = /* glsl */ `
precision mediump float;
in vec3 shade;
out vec4 colour;
void main() {
  vec2 off = gl_PointCoord - 0.5;
  if (dot(off, off) > 0.25) discard;
  colour = vec4(shade, 1.0);
}
`;

/** Round points overlap by so much that no ground shows between them from the photo's own viewpoint. */
const OVERLAP = 1.7;
const COLUMNS = { fewest: 90, most: 560 } as const;

/** The layers as round points. */
export function createPointsAct(layers: readonly ActLayer[], look: StageLook): StageAct {
  const shapes = layers.map(({ shape }) => shape);
  const depth = shapes[0]?.depth ?? { width: 1, height: 1 };
  const cloud = pointCloud(shapes, solidShape(look, depth, COLUMNS));
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(cloud.positions, 3));
  geometry.setAttribute('tint', new BufferAttribute(cloud.colours, 3, true));
  const span = { value: cloud.spacing };
  const tallPx = { value: 1 };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { span, tallPx },
    blending: NoBlending,
  });
  return createSolidAct(
    [new Points(geometry, material)],
    photoViewpoint,
    ({ look: now, canvas }) => {
      span.value = cloud.spacing * OVERLAP * now.pointSize;
      tallPx.value = canvas.height;
    },
  );
}
