import type { CinemagraphEffect, ParticlesEffect } from './motion-props.ts';

type Kind = ParticlesEffect['kind'];

/** What each kind begins with. */
const LOOKS: Readonly<Record<Kind, Pick<ParticlesEffect, 'amount' | 'windDegrees' | 'colour'>>> = {
  snow: { amount: 0.5, windDegrees: 8, colour: '#ffffff' },
  rain: { amount: 0.5, windDegrees: 10, colour: '#dfe6ee' },
  dust: { amount: 0.5, windDegrees: 30, colour: '#ffe7c2' },
  bokeh: { amount: 0.5, windDegrees: 60, colour: '#ffcb80' },
};

/** Particles as they are when they are added. */
export function newParticles(kind: Kind = 'snow'): ParticlesEffect {
  return { type: 'particles', isOn: true, kind, size: 1, speed: 1, seed: 1, ...LOOKS[kind] };
}

/** Other particles with the person's own size, speed and throw; colour, wind and amount are those of the kind. */
export function changeKind(effect: ParticlesEffect, kind: Kind): ParticlesEffect {
  return kind === effect.kind ? effect : { ...effect, kind, ...LOOKS[kind] };
}

/** A cinemagraph in which nothing flows yet. */
export function newCinemagraph(): CinemagraphEffect {
  return {
    type: 'cinemagraph',
    isOn: true,
    layer: 'plate',
    arrows: [],
    anchors: [],
    freeze: [],
    speed: 1,
    reach: 0.12,
  };
}
