import { type CameraPose, DEFAULT_FOV_RADIANS, distanceOf } from '@diorama/core/scene';
import { ViewError } from './view-error.ts';
import { type Grid, gridDepth, gridTriangles } from './view-mesh.ts';
import { FARTHEST } from './view-motion.ts';
import { linkProgram } from './view-program.ts';
import type { ViewScene } from './view-scene.ts';
import { FRAGMENT_SHADER, MODES, VERTEX_SHADER } from './view-shaders.ts';
import { pictureTexture, planeTexture } from './view-textures.ts';

/** How far the grids reach beyond the photo, as a share of it: as far as the widest look goes. */
const MARGIN = 0.15;
const TANGENT = Math.tan(DEFAULT_FOV_RADIANS / 2);

/** How much of what comes in beyond the photo's border is kept out by coming nearer; the rest is mirrored. */
const KEPT_OUT = 0.35;

interface Layer {
  readonly vertices: WebGLVertexArrayObject;
  readonly mode: number;
  readonly textures: readonly (WebGLTexture | undefined)[];
}

/** Draws two layers of a photo from any place near its own. Owns its canvas's context and gives it back. */
export class ViewRenderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #scene: ViewScene;
  readonly #grid: Grid;
  readonly #program: WebGLProgram;
  readonly #layers: readonly Layer[];
  readonly #places: ReadonlyMap<string, WebGLUniformLocation | null>;

  /** @throws ViewError `PROVIDER_UNAVAILABLE` where there is no WebGL 2 */
  constructor(canvas: HTMLCanvasElement, scene: ViewScene) {
    const gl = canvas.getContext('webgl2', { antialias: false, powerPreference: 'low-power' });
    if (!gl) throw new ViewError('PROVIDER_UNAVAILABLE', 'This browser has no WebGL 2.');
    this.#gl = gl;
    this.#scene = scene;
    this.#grid = { columns: scene.backDepth.width + 1, rows: scene.backDepth.height + 1 };
    this.#program = linkProgram(gl, VERTEX_SHADER, FRAGMENT_SHADER);
    const names = ['grid', 'tangent', 'fit', 'eye', 'focus', 'farthest', 'margin', 'zoom'];
    this.#places = new Map(
      [...names, 'mode', 'colour', 'extra', 'jumps'].map((name) => [
        name,
        gl.getUniformLocation(this.#program, name),
      ]),
    );
    this.#layers = this.#openLayers();
  }

  /** Draws the layers at the canvas's own size. `focus` is the inverse depth that stays where it is. */
  draw({ x, y, z, zoom }: CameraPose, focus: number): void {
    const gl = this.#gl;
    const { width, height } = gl.canvas;
    const { naturalWidth, naturalHeight } = this.#scene.pictures.image;
    const aspect = naturalWidth / naturalHeight;
    const shape = width / height / aspect;
    const focusDistance = distanceOf(focus, FARTHEST);
    // Upright photos are narrow: the same step to the side would show more that was never in them.
    const eyeX = x * Math.min(1, aspect);
    const shift = (1 / focusDistance - 1 / FARTHEST) / TANGENT;
    const beyond = Math.max((Math.abs(eyeX) * shift) / aspect, Math.abs(y) * shift);
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own word, no hook of React
    gl.useProgram(this.#program);
    gl.uniform2i(this.#place('grid'), this.#grid.columns, this.#grid.rows);
    gl.uniform2f(this.#place('tangent'), TANGENT * aspect, TANGENT);
    // The picture covers the canvas and keeps its shape.
    gl.uniform2f(this.#place('fit'), Math.max(1, 1 / shape), Math.max(1, shape));
    gl.uniform3f(this.#place('eye'), eyeX, y, z);
    gl.uniform1f(this.#place('focus'), focusDistance);
    gl.uniform1f(this.#place('farthest'), FARTHEST);
    gl.uniform1f(this.#place('margin'), MARGIN);
    gl.uniform1f(this.#place('zoom'), zoom * (1 + KEPT_OUT * beyond));
    for (const layer of this.#layers) this.#drawLayer(layer);
  }

  dispose(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #drawLayer({ vertices, mode, textures }: Layer): void {
    const gl = this.#gl;
    gl.clear(gl.DEPTH_BUFFER_BIT);
    gl.uniform1i(this.#place('mode'), mode);
    for (const [unit, name] of ['colour', 'extra', 'jumps'].entries()) {
      gl.uniform1i(this.#place(name), unit);
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, textures[unit] ?? textures[0] ?? null);
    }
    gl.bindVertexArray(vertices);
    const { columns, rows } = this.#grid;
    gl.drawElements(gl.TRIANGLES, (columns - 1) * (rows - 1) * 6, gl.UNSIGNED_INT, 0);
  }

  #openLayers(): readonly Layer[] {
    const gl = this.#gl;
    const { pictures, alphaSource, backDepth, frontDepth, fill, jumps } = this.#scene;
    const image = pictureTexture(gl, pictures.image);
    const triangles = gl.createBuffer();
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, gridTriangles(this.#grid), gl.STATIC_DRAW);
    const behind = pictures.plate ? pictureTexture(gl, pictures.plate) : image;
    const back: Layer = {
      vertices: this.#openVertices(backDepth, triangles),
      mode: fill ? MODES.filled : MODES.whole,
      textures: [behind, fill && planeTexture(gl, fill, 4)],
    };
    const { subject, matte, depth } = pictures;
    const front: Layer = {
      vertices: this.#openVertices(frontDepth, triangles),
      mode: MODES[alphaSource],
      textures: [
        alphaSource === 'subject' && subject ? pictureTexture(gl, subject) : image,
        alphaSource === 'subject' ? undefined : pictureTexture(gl, matte ?? depth),
        jumps && planeTexture(gl, jumps, 2),
      ],
    };
    return [back, front];
  }

  #openVertices(depth: ViewScene['backDepth'], triangles: WebGLBuffer): WebGLVertexArrayObject {
    const gl = this.#gl;
    const vertices = gl.createVertexArray();
    gl.bindVertexArray(vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, triangles);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, gridDepth(depth, this.#grid, MARGIN), gl.STATIC_DRAW);
    const place = gl.getAttribLocation(this.#program, 'inverse');
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 1, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
    return vertices;
  }

  #place(name: string): WebGLUniformLocation | null {
    return this.#places.get(name) ?? null;
  }
}
