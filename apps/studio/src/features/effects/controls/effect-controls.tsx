import type { Effect } from '@diorama/contract';
import type { EffectProps } from '../effect-props.ts';
import { CinemagraphControls, ParticlesControls } from '../motion/index.ts';
import { useEffectsTool } from '../use-effects-tool.ts';
import { BackgroundControls } from './background-controls.tsx';
import { ColourPopControls } from './colour-pop-controls.tsx';
import { HazeControls } from './haze-controls.tsx';
import { LensBlurControls } from './lens-blur-controls.tsx';
import { LightFalloffControls } from './light-falloff-controls.tsx';
import { RelightControls } from './relight-controls.tsx';

/** The controls of an effect, by its type. */
export function EffectControls({ id, effect }: { readonly id: number; readonly effect: Effect }) {
  const tool = useEffectsTool();
  const common: Pick<EffectProps, 'onChange' | 'onSettle'> = {
    onChange: (next, options) => tool.change(id, next, options),
    onSettle: () => tool.settle(),
  };
  switch (effect.type) {
    case 'lens-blur':
      return <LensBlurControls effect={effect} {...common} />;
    case 'background':
      return (
        <BackgroundControls
          effect={effect}
          {...common}
          onPicture={(file) => void tool.takePicture(id, file)}
        />
      );
    case 'haze':
      return <HazeControls effect={effect} {...common} />;
    case 'light-falloff':
      return <LightFalloffControls effect={effect} {...common} />;
    case 'colour-pop':
      return <ColourPopControls effect={effect} {...common} />;
    case 'relight':
      return <RelightControls effect={effect} {...common} />;
    case 'particles':
      return <ParticlesControls effect={effect} {...common} />;
    case 'cinemagraph':
      return <CinemagraphControls effect={effect} {...common} />;
  }
}
