/** Degrees from how the device was held at first to looking from as far as it goes. */
const MOST_DEGREES = 18;
/** A device that has said nothing for so long will not. */
const SILENT_MS = 1500;

/** What Safari asks before it tells how a device is held. */
interface AskingEvent {
  requestPermission?(): Promise<'granted' | 'denied'>;
}

/** Whether this may be a device that is held in a hand and tells how. */
export function canTilt(): boolean {
  return 'DeviceOrientationEvent' in globalThis && matchMedia('(pointer: coarse)').matches;
}

/** What came of asking how the device is held: `silent` where it has nothing that would tell. */
export type TiltAnswer = 'told' | 'refused' | 'silent';

/** Asks whether tilt may be read, and waits for the first news of it; only after a press, as browsers want it. */
export async function askForTilt(): Promise<TiltAnswer> {
  const event = DeviceOrientationEvent as unknown as AskingEvent; // not in the types: Safari alone has it
  try {
    if (event.requestPermission && (await event.requestPermission()) !== 'granted')
      return 'refused';
  } catch {
    return 'refused';
  }
  return new Promise((resolve) => {
    const stop = listenToTilt(() => end('told'));
    const timer = setTimeout(() => end('silent'), SILENT_MS);
    const end = (answer: TiltAnswer) => {
      stop();
      clearTimeout(timer);
      resolve(answer);
    };
  });
}

/** How a device is held: turned to the right about its screen's upright axis, and up about its level one. Degrees. */
export interface Tilt {
  readonly side: number;
  readonly front: number;
}

/**
 * The tilt as it is seen on the screen. `beta` and `gamma` (W3C, Device Orientation, section 4) belong to the device as
 * it was built, and the picture on it is turned by `screenDegrees`.
 */
export function tiltOf(beta: number, gamma: number, screenDegrees: number): Tilt {
  switch (screenDegrees) {
    case 90:
      return { side: beta, front: -gamma };
    case 180:
      return { side: -gamma, front: -beta };
    case 270:
      return { side: -beta, front: gamma };
    default:
      return { side: gamma, front: beta };
  }
}

/** Tells where to look from, -1..1 to the right and up, as the device is tilted. Returns how to stop. */
export function listenToTilt(onLook: (right: number, up: number) => void): () => void {
  const stop = new AbortController();
  let first: (Tilt & { readonly screenDegrees: number }) | undefined;
  addEventListener(
    'deviceorientation',
    ({ beta, gamma }) => {
      if (beta === null || gamma === null) return;
      // Older phones do not say how the picture is turned.
      const screenDegrees = (screen.orientation as ScreenOrientation | undefined)?.angle ?? 0;
      const { side, front } = tiltOf(beta, gamma, screenDegrees);
      // Turned round, it is held anew.
      if (first?.screenDegrees !== screenDegrees) first = { side, front, screenDegrees };
      onLook((side - first.side) / MOST_DEGREES, (front - first.front) / MOST_DEGREES);
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}
