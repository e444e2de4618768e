/** How far one press of an arrow goes, of the widest look. */
const KEY_STEP = 0.2;

/** What a person does with a view. */
export interface ViewWishes {
  /** -1 left or below, 1 right or above. `isOwn`: pressed or touched, and not only passed over. */
  readonly onLook: (x: number, y: number, isOwn: boolean) => void;
  readonly onLetGo: () => void;
  readonly onToggle: () => void;
  readonly look: () => { readonly x: number; readonly y: number };
}

/** Listens to pointer, touch and keys on a stage until the signal ends it. */
export function listenToInput(
  stage: HTMLElement,
  { onLook, onLetGo, onToggle, look }: ViewWishes,
  signal: AbortSignal,
): void {
  let touch: { readonly x: number; readonly y: number; readonly from: ReturnType<typeof look> } = {
    x: 0,
    y: 0,
    from: { x: 0, y: 0 },
  };
  const lookByMouse = (event: PointerEvent, isOwn: boolean) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const x = ((event.clientX - left) / width) * 2 - 1;
    onLook(x, 1 - ((event.clientY - top) / height) * 2, isOwn);
  };
  const options = { signal };
  stage.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType === 'mouse') return lookByMouse(event, true);
      touch = { x: event.clientX, y: event.clientY, from: look() };
      stage.setPointerCapture(event.pointerId);
    },
    options,
  );
  stage.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType === 'mouse') return lookByMouse(event, event.buttons > 0);
      if (!stage.hasPointerCapture(event.pointerId)) return;
      const { width, height } = stage.getBoundingClientRect();
      const x = touch.from.x - ((event.clientX - touch.x) / (width || 1)) * 2;
      onLook(x, touch.from.y + ((event.clientY - touch.y) / (height || 1)) * 2, true);
    },
    options,
  );
  for (const name of ['pointerleave', 'pointerup', 'pointercancel'] as const) {
    stage.addEventListener(
      name,
      (event) => {
        if (event.pointerType !== 'mouse' || name === 'pointerleave') onLetGo();
      },
      options,
    );
  }
  stage.addEventListener(
    'keydown',
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = STEPS[event.key];
      if (step) onLook(look().x + step[0] * KEY_STEP, look().y + step[1] * KEY_STEP, true);
      else if (event.key === 'Home') onLook(0, 0, true);
      else if (event.key === ' ') onToggle();
      else return;
      event.preventDefault();
    },
    options,
  );
  stage.addEventListener('blur', onLetGo, options);
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
