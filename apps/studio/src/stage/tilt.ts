/** Degrees from how the device was held at first to looking from as far as it goes. */
const MOST_DEGREES = 18;

/** What Safari asks before it tells how a device is held. */
interface AskingEvent {
  requestPermission?(): Promise<'granted' | 'denied'>;
}

/** Whether this may be a device that is held in a hand and tells how. */
export function canTilt(): boolean {
  return 'DeviceOrientationEvent' in globalThis && matchMedia('(pointer: coarse)').matches;
}

/** Asks whether tilt may be read; only after a press, as browsers want it. */
export async function askForTilt(): Promise<boolean> {
  const event = DeviceOrientationEvent as unknown as AskingEvent; // not in the types: Safari alone has it
  if (!event.requestPermission) return true;
  try {
    return (await event.requestPermission()) === 'granted';
  } catch {
    return false;
  }
}

/** Tells where to look from, -1..1 to the right and up, as the device is tilted. Returns how to stop. */
export function listenToTilt(onLook: (right: number, up: number) => void): () => void {
  const stop = new AbortController();
  let first: { readonly side: number; readonly front: number } | undefined;
  addEventListener(
    'deviceorientation',
    ({ beta, gamma }) => {
      if (beta === null || gamma === null) return;
      const isWide = screen.orientation.type.startsWith('landscape');
      const [side, front] = isWide ? [beta, -gamma] : [gamma, beta];
      first ??= { side, front };
      onLook((side - first.side) / MOST_DEGREES, (front - first.front) / MOST_DEGREES);
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}
