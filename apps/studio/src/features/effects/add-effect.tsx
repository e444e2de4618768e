import { Plus } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { type EffectKind, STILL_KINDS } from '../../engine/effects/effect-kinds.ts';
import { hasRoom } from '../../engine/effects/effect-list.ts';
import { Button } from '../../ui/button.tsx';
import style from './add-effect.module.css';
import { EffectIcon } from './effect-icon.tsx';
import { newCinemagraph, newParticles } from './motion/index.ts';
import { useEffectsTool } from './use-effects-tool.ts';

const KINDS: readonly EffectKind[] = [
  ...STILL_KINDS,
  {
    type: 'particles',
    label: 'Particles',
    hint: 'Snow, rain, dust or lights, before and behind the subject',
    make: () => newParticles(),
  },
  {
    type: 'cinemagraph',
    label: 'Cinemagraph',
    hint: 'A part that flows while the rest is still',
    make: newCinemagraph,
  },
];

/** A button with all kinds of effects under it. */
export function AddEffect() {
  const tool = useEffectsTool();
  const isFull = useStudioState(({ recipe }) => !hasRoom(recipe));
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what its buttons opened
    <div
      className={style['add']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setIsOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className={style['button']}
        data-add-effect=""
        aria-expanded={isOpen}
        aria-controls={id}
        disabled={isFull}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Plus size={18} aria-hidden="true" />
        Add an effect
      </button>
      <ul id={id} className={style['kinds']} hidden={!isOpen}>
        {KINDS.map(({ type, label, hint, make }) => (
          <li key={type}>
            <Button
              look="quiet"
              className={style['kind']}
              icon={<EffectIcon type={type} />}
              onClick={() => {
                tool.add(make());
                setIsOpen(false);
                requestAnimationFrame(focusChosen);
              }}
            >
              <span>
                {label}
                <small>{hint}</small>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was added is at hand, its settings in sight, when it stands in the list. */
function focusChosen(): void {
  document.querySelector<HTMLElement>('[data-effect] [aria-expanded="true"]')?.focus();
}

/** Where the focus goes when there is no effect left to have it. */
export function focusAddEffect(): void {
  document.querySelector<HTMLElement>('[data-add-effect]')?.focus();
}
