/** Where light comes from, as in a recipe: around the picture, and above its plane. */
export interface LightDirection {
  readonly azimuthDegrees: number;
  readonly elevationDegrees: number;
}

/** A direction as a place on a disc, -1..1 to the right and downwards: its rim is the picture's plane. */
export function placeOfLight({ azimuthDegrees, elevationDegrees }: LightDirection): {
  readonly x: number;
  readonly y: number;
} {
  const out = Math.cos((elevationDegrees * Math.PI) / 180);
  const angle = (azimuthDegrees * Math.PI) / 180;
  return { x: out * Math.cos(angle), y: -out * Math.sin(angle) };
}

/** The direction of a place on the disc, in whole degrees; places outside are on its rim. */
export function lightAtPlace(x: number, y: number): LightDirection {
  const out = Math.min(1, Math.hypot(x, y));
  const around = Math.round((Math.atan2(-y, x) * 180) / Math.PI);
  return {
    azimuthDegrees: out === 0 ? 90 : (around + 360) % 360,
    elevationDegrees: Math.round((Math.acos(out) * 180) / Math.PI),
  };
}

/** The direction after a key: arrows move the lamp by 5 degrees on the disc. Nothing for other keys. */
export function lightAfterKey(direction: LightDirection, key: string): LightDirection | undefined {
  const step = KEY_STEPS[key];
  if (!step) return undefined;
  const { x, y } = placeOfLight(direction);
  return lightAtPlace(x + step[0] * KEY_STEP, y + step[1] * KEY_STEP);
}

const KEY_STEP = 0.08;
const KEY_STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Such as `from the upper left, 30° up`. */
export function lightInWords({ azimuthDegrees, elevationDegrees }: LightDirection): string {
  if (elevationDegrees >= 85) return 'from the camera';
  const turn = (((azimuthDegrees % 360) + 360) % 360) / 45;
  const side = SIDES[Math.round(turn) % 8];
  return `from ${side}, ${Math.round(elevationDegrees)}° towards you`;
}

const SIDES = [
  'the right',
  'the upper right',
  'above',
  'the upper left',
  'the left',
  'the lower left',
  'below',
  'the lower right',
] as const;
