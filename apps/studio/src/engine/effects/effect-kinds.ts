import { type Effect, type EffectType, effectSchema } from '@diorama/contract';

export interface EffectKind {
  readonly type: EffectType;
  readonly label: string;
  /** What it does, in a few words. */
  readonly hint: string;
  /** As it is when it is added. */
  readonly make: () => Effect;
}

/** The effects that stand still, in the order in which they are offered. */
export const STILL_KINDS: readonly EffectKind[] = [
  {
    type: 'lens-blur',
    label: 'Lens blur',
    hint: 'Sharp where you tap, soft before and behind',
    make: () =>
      effectSchema.parse({
        type: 'lens-blur',
        focus: { depth: 1 },
        range: 0.15,
        aperture: 0.08,
        highlights: 0.4,
      }),
  },
  {
    type: 'background',
    label: 'Background',
    hint: 'A colour, a gradient, a blur or a picture behind the subject',
    make: () =>
      effectSchema.parse({
        type: 'background',
        fill: { kind: 'gradient', from: '#dfe8f0', to: '#8fa6ba' },
      }),
  },
  {
    type: 'haze',
    label: 'Haze',
    hint: 'Air that hides what is far',
    make: () => effectSchema.parse({ type: 'haze', density: 0.6 }),
  },
  {
    type: 'light-falloff',
    label: 'Light falloff',
    hint: 'Light that reaches only so far, as of a flash',
    make: () => effectSchema.parse({ type: 'light-falloff', strength: 0.5 }),
  },
  {
    type: 'colour-pop',
    label: 'Colour pop',
    hint: 'Colour for the subject or one depth, grey for the rest',
    make: () => effectSchema.parse({ type: 'colour-pop', keep: 'subject' }),
  },
  {
    type: 'relight',
    label: 'Relight',
    hint: 'A lamp that you move around',
    make: () =>
      effectSchema.parse({
        type: 'relight',
        azimuthDegrees: 150,
        elevationDegrees: 30,
        strength: 0.8,
        ambient: 0.5,
      }),
  },
];

const NAMES: Readonly<Record<EffectType, string>> = {
  'lens-blur': 'Lens blur',
  background: 'Background',
  haze: 'Haze',
  'light-falloff': 'Light falloff',
  'colour-pop': 'Colour pop',
  relight: 'Relight',
  particles: 'Particles',
  cinemagraph: 'Cinemagraph',
};

/** What a person calls an effect. */
export function nameOfEffect({ type }: Pick<Effect, 'type'>): string {
  return NAMES[type];
}
