import { type Effect, effectSchema } from '@diorama/contract';

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** In the order in which they are applied. */
  readonly make: () => readonly Effect[];
}

const made =
  (...effects: readonly object[]) =>
  () =>
    effects.map((effect) => effectSchema.parse(effect));

/** Lists of effects to begin with. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'portrait',
    label: 'Portrait',
    hint: 'The subject sharp, the rest as through a fast lens',
    make: made({
      type: 'lens-blur',
      focus: { depth: 1 },
      range: 0.2,
      aperture: 0.09,
      highlights: 0.5,
    }),
  },
  {
    id: 'mist',
    label: 'Mist',
    hint: 'Cool air between what is near and what is far',
    make: made(
      { type: 'haze', density: 0.75, colour: '#d5dee6', clearFrom: 0.9 },
      { type: 'light-falloff', strength: 0.12 },
    ),
  },
  {
    id: 'night-flash',
    label: 'Night flash',
    hint: 'Lit from the camera, dark behind',
    make: made(
      { type: 'light-falloff', strength: 0.9 },
      {
        type: 'relight',
        azimuthDegrees: 60,
        elevationDegrees: 70,
        strength: 0.5,
        colour: '#ffffff',
      },
    ),
  },
  {
    id: 'golden-hour',
    label: 'Golden hour',
    hint: 'A low warm lamp from the left, and warm air',
    make: made(
      {
        type: 'relight',
        azimuthDegrees: 165,
        elevationDegrees: 20,
        colour: '#ffc27a',
        strength: 0.85,
        ambient: 0.55,
      },
      { type: 'haze', density: 0.3, colour: '#ffdcae' },
    ),
  },
  {
    id: 'only-subject',
    label: 'Only the subject in colour',
    hint: 'Grey behind it',
    make: made({ type: 'colour-pop', keep: 'subject' }),
  },
  {
    id: 'studio',
    label: 'Studio',
    hint: 'A plain backdrop, with its light on the subject',
    make: made({
      type: 'background',
      fill: { kind: 'gradient', from: '#f3f1ed', to: '#c9c4bb' },
      lightMatch: 0.6,
    }),
  },
];
