/**
 * A node of the grid stands at its distance on its ray of the photo. What the camera sees of it is divided by its
 * distance here and not by the card: inside a triangle the photo is then laid out evenly on the screen, which makes the
 * picture from the photo's own viewpoint the photo itself, whatever the depth.
 */
export const PARALLAX_VERTEX = /* glsl */ `
precision highp float;
in vec2 place;
in float inverse;
uniform vec4 pose;
uniform vec4 lens;
uniform vec2 fit;
uniform vec2 slice;
out vec2 at;
void main() {
  float far = 1.0 / lens.z;
  float distance = 1.0 / (far + (1.0 - far) * inverse);
  vec2 ray = vec2(2.0 * place.x - 1.0, 1.0 - 2.0 * place.y);
  vec2 side = pose.xy / lens.xy;
  float away = max(distance + pose.z, 0.1);
  float focus = max(lens.w + pose.z, 0.1);
  vec2 seen = (ray * distance - side) / away + side / focus;
  at = place;
  float order = clamp(1.0 - 0.5 / away, 0.0, 1.0);
  gl_Position = vec4(seen * pose.w * fit, slice.x + slice.y * order, 1.0);
}
`;

export const PARALLAX_FRAGMENT = /* glsl */ `
precision mediump float;
in vec2 at;
uniform sampler2D picture;
uniform float opacity;
out vec4 colour;
void main() {
  colour = texture(picture, at) * opacity;
  // What is not to be seen must not hide what is behind it in the same layer.
  if (colour.a < 0.004) discard;
}
`;
