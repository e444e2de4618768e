import { loadPictures, PICTURE_NAMES } from './load-pictures.ts';
import { reflectAttributes } from './reflect-attributes.ts';
import { ViewError } from './view-error.ts';
import { ViewFrame } from './view-frame.ts';
import { listenToInput } from './view-input.ts';
import { ViewMotion } from './view-motion.ts';
import { ViewRenderer } from './view-renderer.ts';
import { makeScene, type ViewScene } from './view-scene.ts';
import { ATTRIBUTE_NAMES, readMotion } from './view-settings.ts';

/** Sharper than this no one sees a picture that moves. */
const MOST_PIXEL_RATIO = 2;
/** How far off the screen it begins to load. */
const LOAD_AHEAD = '300px';
/** A page that was asleep does not jump ahead. */
const LONGEST_STEP_SECONDS = 0.1;

/** On a server there are no elements: the module can be loaded there and does nothing. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement); // never made there

/**
 * `<diorama-view>`: a photo that is looked at in depth. Tells of `load`, and of `error` with `detail: {code, message}`;
 * codes are `REQUEST_INVALID` (an attribute is missing), `SOURCE_UNAVAILABLE` (a picture cannot be loaded),
 * `PROVIDER_UNAVAILABLE` (no WebGL 2 here: the poster stays).
 */
export class DioramaView extends Base {
  static readonly observedAttributes = ATTRIBUTE_NAMES;

  readonly #frame = new ViewFrame(this.attachShadow({ mode: 'open', delegatesFocus: true }));
  readonly #motion = new ViewMotion();
  #stop: AbortController | undefined;
  #scene: ViewScene | undefined;
  #renderer: ViewRenderer | undefined;
  #canvas: HTMLCanvasElement | undefined;
  /** What the renderer had on the graphics processor is gone, even if its context comes back. */
  #isLost = false;
  #isNear = false;
  #isOnScreen = false;
  #isCalm = false;
  /** A person took hold of it: under reduced motion it stays still before that. */
  #isTouched = false;
  /** Each new set of pictures has a number, so that an older one that comes late is left. */
  #loading = 0;
  #nextFrame = 0;
  #lastFrameAt: number | undefined;

  /** Whether it does not move by itself. */
  get paused(): boolean {
    return !this.#motion.isPlaying;
  }

  play(): void {
    this.#motion.play();
    this.#frame.isPlaying = true;
    this.#wake();
  }

  pause(): void {
    this.#motion.pause();
    this.#frame.isPlaying = false;
    this.#wake();
  }

  /** Looks from a side: x -1 left to 1 right, y -1 below to 1 above. */
  lookFrom(x: number, y: number): void {
    this.#motion.lookFrom(x, y);
    this.#wake();
  }

  connectedCallback(): void {
    if (this.#stop) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#listen(signal);
    this.#applySettings();
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    const onCalm = () => {
      this.#isCalm = calm.matches;
      if (calm.matches) this.pause();
      else if (this.hasAttribute('autoplay')) this.play();
    };
    calm.addEventListener('change', onCalm, { signal });
    onCalm();
    const resized = new ResizeObserver(() => this.#wake());
    resized.observe(this);
    const near = new IntersectionObserver(
      ([entry]) => {
        this.#isNear ||= entry?.isIntersecting ?? false;
        if (this.#isNear && !this.#scene) void this.#load();
      },
      { rootMargin: LOAD_AHEAD },
    );
    near.observe(this);
    const onScreen = new IntersectionObserver(([entry]) => {
      this.#isOnScreen = entry?.isIntersecting ?? false;
      if (this.#isOnScreen) this.#show();
    });
    onScreen.observe(this);
    signal.addEventListener('abort', () => {
      for (const observer of [resized, near, onScreen]) observer.disconnect();
    });
  }

  disconnectedCallback(): void {
    // An element that is only moved elsewhere in the page comes back at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#dispose();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#stop) return;
    this.#applySettings();
    if (name === 'autoplay' && after !== null && !this.#isCalm) this.play();
    if (!PICTURE_NAMES.some((picture) => picture === name)) return;
    const loading = ++this.#loading;
    this.#scene = undefined;
    // Attributes that are set one after another are one change.
    queueMicrotask(() => {
      if (loading === this.#loading && this.#isNear) void this.#load();
    });
  }

  #listen(signal: AbortSignal): void {
    const { stage, button } = this.#frame;
    const toggle = () => {
      this.#isTouched = true;
      if (this.paused) this.play();
      else this.pause();
    };
    button.addEventListener('click', toggle, { signal });
    const onLook = (x: number, y: number, isOwn: boolean) => {
      this.#isTouched ||= isOwn;
      if (this.#isTouched || !this.#isCalm) this.lookFrom(x, y);
    };
    const onLetGo = () => {
      this.#motion.letGo();
      this.#wake();
    };
    const look = () => this.#motion.look;
    listenToInput(stage, { onLook, onLetGo, onToggle: toggle, look }, signal);
  }

  #applySettings(): void {
    const attributeOf = (name: string) => this.getAttribute(name);
    this.#motion.settings = readMotion(attributeOf, this.#scene?.middle ?? 0.5);
    this.#frame.alt = this.getAttribute('alt');
    this.#frame.poster = this.getAttribute('poster') ?? this.getAttribute('image');
    this.#frame.button.hidden = !this.hasAttribute('controls');
    this.#wake();
  }

  async #load(): Promise<void> {
    const loading = ++this.#loading;
    try {
      const pictures = await loadPictures((name) => this.getAttribute(name));
      if (loading !== this.#loading || !this.#stop) return;
      this.#closeRenderer();
      this.#scene = makeScene(pictures);
      const { naturalWidth: width, naturalHeight: height } = pictures.image;
      this.#frame.shape = { width, height };
      this.#applySettings();
      this.#openRenderer();
      this.dispatchEvent(new CustomEvent('load'));
    } catch (error) {
      if (loading === this.#loading && this.#stop) this.#refuse(error);
    }
  }

  /** Comes into sight: what was lost on the way is made again. */
  #show(): void {
    if (this.#scene && (!this.#renderer || this.#isLost)) {
      try {
        this.#openRenderer();
      } catch (error) {
        this.#refuse(error);
      }
    }
    this.#wake();
  }

  #openRenderer(): void {
    const { signal } = this.#stop ?? {};
    if (!this.#scene || !signal) return;
    this.#closeRenderer();
    const canvas = this.#frame.openCanvas();
    try {
      this.#renderer = new ViewRenderer(canvas, this.#scene);
    } catch (error) {
      this.#frame.closeCanvas();
      throw error;
    }
    this.#canvas = canvas;
    this.#isLost = false;
    canvas.addEventListener(
      'webglcontextlost',
      (event) => {
        if (canvas !== this.#canvas) return;
        event.preventDefault();
        this.#isLost = true;
        canvas.classList.remove('is-drawn');
      },
      { signal },
    );
    canvas.addEventListener(
      'webglcontextrestored',
      () => {
        if (canvas === this.#canvas && this.#isOnScreen) this.#show();
      },
      { signal },
    );
    this.#wake();
  }

  #closeRenderer(): void {
    this.#canvas = undefined;
    this.#renderer?.dispose();
    this.#renderer = undefined;
    this.#frame.closeCanvas();
  }

  #refuse(error: unknown): void {
    const { code, message } =
      error instanceof ViewError
        ? error
        : new ViewError('INTERNAL', 'The view cannot be shown.', { cause: error });
    this.dispatchEvent(new CustomEvent('error', { detail: { code, message } }));
  }

  /** Draws at the next chance, and goes on while something moves. Off the screen nothing is drawn. */
  #wake(): void {
    if (this.#nextFrame !== 0 || !this.#renderer || !this.#isOnScreen) return;
    this.#nextFrame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#nextFrame = 0;
    const canvas = this.#canvas;
    if (!canvas || !this.#renderer || this.#isLost || !this.#isOnScreen) {
      this.#lastFrameAt = undefined;
      return;
    }
    const seconds = Math.min(LONGEST_STEP_SECONDS, (now - (this.#lastFrameAt ?? now)) / 1000);
    // Without a frame before, time has not begun yet: there is more to come as soon as it has.
    const isFirst = this.#lastFrameAt === undefined;
    const isMoving = this.#motion.advance(seconds, this.#isCalm);
    this.#fitCanvas(canvas);
    this.#renderer.draw(this.#motion.pose, this.#motion.settings.focus);
    this.#frame.showCanvas();
    this.#lastFrameAt = isMoving || isFirst ? now : undefined;
    if (isMoving) this.#wake();
  }

  #fitCanvas(canvas: HTMLCanvasElement): void {
    const ratio = Math.min(MOST_PIXEL_RATIO, devicePixelRatio);
    const width = Math.max(1, Math.round(this.clientWidth * ratio));
    const height = Math.max(1, Math.round(this.clientHeight * ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  #dispose(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    cancelAnimationFrame(this.#nextFrame);
    this.#nextFrame = 0;
    this.#lastFrameAt = undefined;
    this.#loading++;
    this.#closeRenderer();
    this.#scene = undefined;
    this.#isNear = false;
    this.#isOnScreen = false;
    this.#motion.letGo();
    this.#motion.pause();
  }
}

reflectAttributes(DioramaView.prototype);
