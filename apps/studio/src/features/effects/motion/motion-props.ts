import type { EffectOf } from '@diorama/contract';

export type ParticlesEffect = EffectOf<'particles'>;
export type CinemagraphEffect = EffectOf<'cinemagraph'>;
