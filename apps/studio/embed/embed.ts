/** Settings of the sample that a person can turn, with what each is where it need not be written. */
const STANDARDS: Readonly<Record<string, string>> = { path: 'sway', amount: '0.5', speed: '1' };
const COPIED_MS = 2500;

const view = document.querySelector('diorama-view');
const form = document.querySelector('form');
const code = document.querySelector('#code');
const copied = document.querySelector('#copied');

/** The lines that put such a view on a page. */
function linesOf(settings: ReadonlyMap<string, string>): string {
  const attributes = [...settings]
    .filter(([name, value]) => STANDARDS[name] !== value)
    .map(([name, value]) => `${name}="${value}"`);
  return [
    `<script type="module" src="${location.origin}/view.js"></script>`,
    '',
    '<diorama-view',
    '  image="photo.jpg" depth="depth.png" subject="subject.png"',
    '  plate="plate.png" plate-depth="plate-depth.png"',
    '  alt="What is in the photo"',
    `  ${[...attributes, 'autoplay', 'controls'].join(' ')}>`,
    '</diorama-view>',
  ].join('\n');
}

/** What was turned: the focus counts only then, since without it the element finds its own. */
const settings = new Map<string, string>();

function show(): void {
  if (code) code.textContent = linesOf(settings);
}

form?.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  settings.set(target.name, target.value);
  view?.setAttribute(target.name, target.value);
  show();
});

document.querySelector('#copy')?.addEventListener('click', async () => {
  let said = 'Copied.';
  try {
    await navigator.clipboard.writeText(code?.textContent ?? '');
  } catch {
    said = 'This browser does not let the page copy. Select the lines and copy them yourself.';
  }
  if (!copied) return;
  copied.textContent = said;
  setTimeout(() => {
    copied.textContent = '';
  }, COPIED_MS);
});

show();
