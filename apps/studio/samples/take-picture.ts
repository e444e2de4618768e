import {
  ACESFilmicToneMapping,
  AdditiveBlending,
  BackSide,
  Color,
  DirectionalLight,
  FloatType,
  FogExp2,
  Mesh,
  OrthographicCamera,
  PCFShadowMap,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three';
import type { SampleScene } from './sample-scene.ts';
import { seeded } from './seeded.ts';

const SHADOW_PX = 2048;
/** Full turns of golden ratios spread points evenly whatever their number is. */
const PLASTIC = 0.7548776662466927;
const GOLDEN = [PLASTIC, 0.5698402909980532, 0.618033988749895, 0.8191725133961645];

/**
 * Photographs a scene: the mean of many plain renderings, each with the sun at another point of its disc, another part
 * of the sky as a light with shadows, another point of the lens and of the pixel. So shadows, sky light, depth of field and
 * edges all come out soft, as in a real photo. The canvas holds the picture afterwards.
 */
export async function takePicture(
  canvas: HTMLCanvasElement,
  made: SampleScene,
  {
    width,
    height,
    exposures,
  }: { readonly width: number; readonly height: number; readonly exposures: number },
): Promise<void> {
  const renderer = new WebGLRenderer({ canvas, preserveDrawingBuffer: true });
  renderer.setSize(width, height, false);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const scene = new Scene();
  scene.add(...made.objects, skyDome(made));
  if (made.hazeAt) scene.fog = new FogExp2(made.sky.horizon, Math.sqrt(Math.LN2) / made.hazeAt);
  const sun = shadowLight(made.radius);
  const sky = shadowLight(made.radius);
  scene.add(sun, sun.target, sky, sky.target);
  const at = new Vector3(...made.camera.at);
  for (const light of [sun, sky]) light.target.position.copy(at);
  sun.color = made.sun.colour;
  sun.intensity = made.sun.strength;

  const camera = new PerspectiveCamera(made.camera.fovDegrees, width / height, 0.05, 2000);
  const frame = new WebGLRenderTarget(width, height, { type: FloatType });
  const sum = new WebGLRenderTarget(width, height, { type: FloatType });
  const adding = screenPass(
    'uniform sampler2D map; uniform float share; varying vec2 at; void main() { gl_FragColor = vec4(texture2D(map, at).rgb * share, 1.0); }',
  );
  adding.material.blending = AdditiveBlending;
  adding.material.uniforms['map'] = { value: frame.texture };
  adding.material.uniforms['share'] = { value: 1 / exposures };
  renderer.autoClear = false;
  renderer.setRenderTarget(sum);
  renderer.setClearColor(0, 1);
  renderer.clear();

  const random = seeded(7);
  for (let n = 0; n < exposures; n++) {
    const [a = 0, b = 0, c = 0, d = 0] = GOLDEN.map((step, i) => (0.5 + step * n + i * 0.37) % 1);
    placeSun(sun, made, at, a, b);
    placeSky(sky, made, at, c, (n + 0.5) / exposures);
    placeCamera(camera, made, d, (n * PLASTIC + 0.13) % 1);
    camera.setViewOffset(width, height, random() - 0.5, random() - 0.5, width, height);
    renderer.setRenderTarget(frame);
    renderer.clear();
    renderer.render(scene, camera);
    renderer.setRenderTarget(sum);
    renderer.render(adding.scene, adding.camera);
    // The page must answer in between.
    if (n % 8 === 7) await new Promise((resolve) => setTimeout(resolve));
  }
  renderer.toneMapping = ACESFilmicToneMapping;
  renderer.toneMappingExposure = made.exposure;
  renderer.setRenderTarget(null);
  const showing = screenPass(
    'uniform sampler2D map; varying vec2 at; void main() { gl_FragColor = vec4(texture2D(map, at).rgb, 1.0); \n#include <tonemapping_fragment>\n#include <colorspace_fragment>\n }',
  );
  showing.material.uniforms['map'] = { value: sum.texture };
  renderer.render(showing.scene, showing.camera);
}

function shadowLight(radius: number): DirectionalLight {
  const light = new DirectionalLight();
  light.castShadow = true;
  light.shadow.mapSize.set(SHADOW_PX, SHADOW_PX);
  Object.assign(light.shadow.camera, {
    left: -radius,
    right: radius,
    top: radius,
    bottom: -radius,
  });
  light.shadow.camera.near = radius * 0.2;
  light.shadow.camera.far = radius * 6;
  light.shadow.bias = -0.0003;
  light.shadow.normalBias = 0.006;
  return light;
}

function placeSun(
  light: DirectionalLight,
  { sun, radius }: SampleScene,
  at: Vector3,
  a: number,
  b: number,
) {
  const towards = new Vector3(...sun.towards).normalize();
  const side = new Vector3(0.31, 0.2, 0.93).cross(towards).normalize();
  const up = towards.clone().cross(side);
  const r = Math.sqrt(a) * sun.softness;
  towards
    .addScaledVector(side, r * Math.cos(2 * Math.PI * b))
    .addScaledVector(up, r * Math.sin(2 * Math.PI * b));
  light.position.copy(at).addScaledVector(towards.normalize(), radius * 3);
}

/** Directions weighted by their cosine, so that each counts the same. */
function placeSky(
  light: DirectionalLight,
  made: SampleScene,
  at: Vector3,
  turn: number,
  lift: number,
) {
  const height = Math.sqrt(0.03 + 0.97 * lift);
  const flat = Math.sqrt(1 - height * height);
  const angle = 2 * Math.PI * turn;
  const towards = new Vector3(flat * Math.cos(angle), height, flat * Math.sin(angle));
  light.position.copy(at).addScaledVector(towards, made.radius * 3);
  light.color = new Color().lerpColors(made.sky.horizon, made.sky.above, height);
  light.intensity = made.skyStrength;
}

function placeCamera(
  camera: PerspectiveCamera,
  { camera: wish }: SampleScene,
  a: number,
  b: number,
) {
  const from = new Vector3(...wish.from);
  const at = new Vector3(...wish.at);
  const ahead = at.clone().sub(from).normalize();
  const side = ahead
    .clone()
    .cross(new Vector3(0, 1, 0))
    .normalize();
  const up = side.clone().cross(ahead);
  const r = Math.sqrt(a) * wish.lens;
  camera.position
    .copy(from)
    .addScaledVector(side, r * Math.cos(2 * Math.PI * b))
    .addScaledVector(up, r * Math.sin(2 * Math.PI * b));
  camera.lookAt(at);
}

function skyDome({ sky }: SampleScene): Mesh {
  const material = new ShaderMaterial({
    side: BackSide,
    depthWrite: false,
    fog: false,
    uniforms: {
      above: { value: sky.above },
      horizon: { value: sky.horizon },
      below: { value: sky.below },
    },
    vertexShader:
      'varying vec3 to; void main() { to = position; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
    fragmentShader:
      'uniform vec3 above, horizon, below; varying vec3 to; void main() { float h = normalize(to).y; gl_FragColor = vec4(h > 0.0 ? mix(horizon, above, pow(h, 0.42)) : mix(horizon, below, pow(-h, 0.4)), 1.0); }',
  });
  const dome = new Mesh(new SphereGeometry(900, 48, 32), material);
  dome.renderOrder = -1;
  return dome;
}

function screenPass(fragmentShader: string) {
  const material = new ShaderMaterial({
    uniforms: {},
    depthTest: false,
    vertexShader:
      'varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }',
    fragmentShader,
  });
  const scene = new Scene();
  scene.add(new Mesh(new PlaneGeometry(2, 2), material));
  return { scene, camera: new OrthographicCamera(-1, 1, 1, -1, 0, 1), material };
}
