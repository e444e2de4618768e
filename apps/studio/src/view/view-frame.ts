import { VIEW_STYLES } from './view-styles.ts';

const STANDARD_ALT = 'Picture in depth';
const KEYS = 'ArrowLeft ArrowRight ArrowUp ArrowDown Home Space';

/** What the element is made of inside: a stage that is one picture to who cannot see it, and a button. */
export class ViewFrame {
  readonly stage = document.createElement('div');
  readonly button = document.createElement('button');
  readonly #poster = document.createElement('img');
  readonly #sheet = new CSSStyleSheet();
  #canvas: HTMLCanvasElement | undefined;

  constructor(root: ShadowRoot) {
    this.#sheet.replaceSync(VIEW_STYLES);
    root.adoptedStyleSheets = [this.#sheet];
    this.stage.className = 'stage';
    this.stage.tabIndex = 0;
    this.stage.setAttribute('role', 'img');
    this.stage.setAttribute('part', 'stage');
    this.stage.setAttribute('aria-keyshortcuts', KEYS);
    this.#poster.alt = '';
    this.#poster.hidden = true;
    this.#poster.setAttribute('part', 'poster');
    this.button.type = 'button';
    this.button.hidden = true;
    this.button.setAttribute('part', 'button');
    this.button.setAttribute('aria-label', 'Motion');
    this.stage.append(this.#poster);
    root.append(this.stage, this.button);
  }

  set alt(text: string | null) {
    this.stage.setAttribute('aria-label', text || STANDARD_ALT);
  }

  /** What is shown until the first drawing, and instead of one. */
  set poster(address: string | null) {
    this.#poster.hidden = !address;
    if (address && this.#poster.getAttribute('src') !== address) this.#poster.src = address;
    if (!address) this.#poster.removeAttribute('src');
  }

  set isPlaying(isPlaying: boolean) {
    this.button.setAttribute('aria-pressed', String(isPlaying));
  }

  /** Gives the element the picture's shape, where the page says nothing else. */
  set shape({ width, height }: { readonly width: number; readonly height: number }) {
    const [first] = this.#sheet.cssRules;
    if (first instanceof CSSStyleRule) first.style.aspectRatio = `${width} / ${height}`;
  }

  /** A canvas that nothing was drawn on, in place of the one before. */
  openCanvas(): HTMLCanvasElement {
    this.closeCanvas();
    this.#canvas = document.createElement('canvas');
    this.stage.append(this.#canvas);
    return this.#canvas;
  }

  /** The canvas has a picture now: it takes the poster's place. */
  showCanvas(): void {
    this.#canvas?.classList.add('is-drawn');
  }

  closeCanvas(): void {
    this.#canvas?.remove();
    this.#canvas = undefined;
  }
}
