import type { Effect } from '@diorama/contract';
import type { Size } from '@diorama/core';
import type { EffectProps, ViewTool } from './effect-props.ts';
import { useMotionTool } from './motion/index.ts';
import { FocusRing } from './overlays/focus-ring.tsx';
import { Lamp } from './overlays/lamp.tsx';
import { useChosenEffect, useEffectsTool } from './use-effects-tool.ts';

/** The tool of the effect whose settings are open; nothing for those that need none, or while `isOff`. */
export function useViewTool(size: Size, isOff: boolean): ViewTool {
  const tool = useEffectsTool();
  const chosen = useChosenEffect();
  const props: EffectProps | undefined =
    chosen && !isOff
      ? {
          effect: chosen.effect,
          onChange: (next, options) => tool.change(chosen.id, next, options),
          onSettle: () => tool.settle(),
        }
      : undefined;
  const motion = useMotionTool(props);
  return (props && stillTool(props, size)) ?? motion;
}

function stillTool({ effect, onChange, onSettle }: EffectProps, size: Size): ViewTool | undefined {
  if (effect.type === 'relight') {
    const overlay = (
      <Lamp
        direction={effect}
        aspect={size.width / size.height}
        colour={effect.colour}
        onMove={(direction) =>
          onChange({ ...effect, ...direction }, { label: 'Direction of light', merge: 'direction' })
        }
        onSettle={onSettle}
      />
    );
    return { overlay };
  }
  if (effect.type !== 'lens-blur') return undefined;
  const focusOn = (at: readonly [number, number]): Effect => ({
    ...effect,
    focus: { at: [at[0], at[1]] },
  });
  return {
    cursor: 'crosshair',
    onTap: (at) => {
      onChange(focusOn(at), { label: 'Focus' });
      onSettle();
    },
    ...('at' in effect.focus
      ? {
          overlay: (
            <FocusRing
              at={effect.focus.at}
              onMove={(at) => onChange(focusOn(at), { label: 'Focus', merge: 'focus' })}
              onSettle={onSettle}
            />
          ),
        }
      : {}),
  };
}
