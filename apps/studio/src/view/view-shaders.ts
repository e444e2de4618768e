/**
 * Bends a grid to a layer's depth and looks at it from the eye. The focus stays where it is on the screen: the picture is
 * sheared towards it. From the photo's own viewpoint this is the photo, pixel by pixel.
 */
export const VERTEX_SHADER = `#version 300 es
precision highp float;
in float inverse;
uniform ivec2 grid;
uniform vec2 tangent;
uniform vec2 fit;
uniform vec3 eye;
uniform float focus;
uniform float farthest;
uniform float margin;
uniform float zoom;
out vec2 place;
void main() {
  vec2 share = vec2(gl_VertexID % grid.x, gl_VertexID / grid.x) / vec2(grid - 1);
  place = mix(vec2(-margin), vec2(1.0 + margin), share);
  vec2 ray = (place * 2.0 - 1.0) * vec2(1, -1) * tangent;
  float distance = 1.0 / (1.0 / farthest + (1.0 - 1.0 / farthest) * inverse);
  float ahead = max(0.05, distance + eye.z);
  vec2 seen = (ray * distance - eye.xy) / ahead + eye.xy / (focus + eye.z);
  vec2 screen = seen / tangent * fit * zoom;
  gl_Position = vec4(screen * ahead, (20.04 * ahead - 2.0) / 19.96, ahead);
}`;

/** What the fragment shader makes of its textures. */
export const MODES = { whole: 0, filled: 1, subject: 2, matte: 3, jumps: 4 } as const;

/** Colours with their alpha, multiplied in. Beyond the photo's border the picture is mirrored, so that none shows. */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
in vec2 place;
uniform sampler2D colour;
uniform sampler2D extra;
uniform sampler2D jumps;
uniform int mode;
out vec4 result;
void main() {
  vec4 here = texture(colour, place);
  if (mode == ${MODES.filled}) {
    vec4 fill = texture(extra, place);
    here = vec4(mix(here.rgb, fill.rgb, smoothstep(0.0, 0.5, fill.a)), 1);
  } else if (mode == ${MODES.matte}) {
    here = vec4(here.rgb, 1) * texture(extra, place).r;
  } else if (mode == ${MODES.jumps}) {
    vec2 jump = texture(jumps, place).rg;
    float middle = jump.r / max(jump.g, 0.01);
    float near = smoothstep(middle - 0.02, middle + 0.02, texture(extra, place).r);
    here = vec4(here.rgb, 1) * mix(1.0, near, smoothstep(0.3, 0.7, jump.g));
  }
  if (here.a < 0.004) discard;
  result = here;
}`;
