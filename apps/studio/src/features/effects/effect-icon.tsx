import type { EffectType } from '@diorama/contract';
import {
  Aperture,
  CloudFog,
  Flashlight,
  Image as ImageIcon,
  Lightbulb,
  Palette,
  Snowflake,
  Waves,
} from 'lucide-react';

const ICONS = {
  'lens-blur': Aperture,
  background: ImageIcon,
  haze: CloudFog,
  'light-falloff': Flashlight,
  'colour-pop': Palette,
  relight: Lightbulb,
  particles: Snowflake,
  cinemagraph: Waves,
} as const satisfies Record<EffectType, unknown>;

export function EffectIcon({ type }: { readonly type: EffectType }) {
  const Icon = ICONS[type];
  return <Icon size={18} aria-hidden="true" />;
}
