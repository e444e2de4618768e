import { ViewError } from './view-error.ts';

/** A linked program. @throws ViewError `PROVIDER_UNAVAILABLE` when this browser's WebGL refuses it */
export function linkProgram(
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) break;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new ViewError('PROVIDER_UNAVAILABLE', 'WebGL does not run the view here.', {
      cause: gl.getProgramInfoLog(program),
    });
  }
  return program;
}
