/**
 * The element's own sheet. It is made in code and not written into the page, so that a policy without 'unsafe-inline'
 * lets it through. The first rule is for the picture's shape.
 */
export const VIEW_STYLES = `
:host { display: block; position: relative; overflow: hidden; contain: content; aspect-ratio: 3 / 2; }
:host([hidden]) { display: none; }
.stage { position: absolute; inset: 0; touch-action: pan-y; outline-offset: -3px; }
.stage:focus-visible { outline: 3px solid Highlight; }
canvas, img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover; user-select: none; }
canvas { opacity: 0; }
canvas.is-drawn { opacity: 1; }
button {
  position: absolute; right: 10px; bottom: 10px; width: 44px; height: 44px; padding: 0;
  display: grid; place-items: center; border: 1px solid rgb(255 255 255 / 0.5); border-radius: 50%;
  color: #fff; background: rgb(0 0 0 / 0.6); cursor: pointer;
}
button[hidden] { display: none; }
button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
button::before {
  content: ''; width: 14px; height: 16px; background: currentcolor;
  clip-path: polygon(10% 0, 100% 50%, 10% 100%);
}
button[aria-pressed='true']::before {
  clip-path: polygon(0 0, 35% 0, 35% 100%, 65% 100%, 65% 0, 100% 0, 100% 100%, 0 100%);
}
@media (forced-colors: active) { button { border-color: ButtonText; } }
`;
