import { Anchor, MoveUpRight, Snowflake, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { focusBeside } from '../../../ui/focus-beside.ts';
import type { EffectProps } from '../effect-props.ts';
import { type Chosen, removeChosen } from './cinemagraph-change.ts';
import style from './motion.module.css';
import type { CinemagraphEffect } from './motion-props.ts';
import { useCinemagraphEditor, useEditorState } from './use-cinemagraph-editor.ts';

/** The arrows and anchors by name, to be chosen and removed one by one, and what is frozen. */
export function MotionList({ effect, onChange }: EffectProps<CinemagraphEffect>) {
  const editor = useCinemagraphEditor();
  const { chosen } = useEditorState(editor);
  const items: readonly (Chosen & { readonly name: string; readonly icon: ReactNode })[] = [
    ...effect.arrows.map((_, index) => ({
      kind: 'arrow' as const,
      index,
      name: `Arrow ${index + 1}`,
      icon: <MoveUpRight size={18} />,
    })),
    ...effect.anchors.map((_, index) => ({
      kind: 'anchor' as const,
      index,
      name: `Anchor ${index + 1}`,
      icon: <Anchor size={18} />,
    })),
  ];
  const strokes = effect.freeze.length;
  if (items.length === 0 && strokes === 0) return null;
  return (
    <ul className={style['list']} aria-label="Arrows and anchors">
      {items.map((item) => {
        const { kind, index, name, icon } = item;
        const isChosen = chosen?.kind === kind && chosen.index === index;
        return (
          <li key={name} className={style['item']} data-chosen={isChosen}>
            <Button
              look="quiet"
              icon={icon}
              aria-pressed={isChosen}
              onClick={() => editor.choose(isChosen ? undefined : item)}
            >
              {name}
            </Button>
            <IconButton
              label={`Remove ${name.toLowerCase()}`}
              icon={<X size={18} />}
              onClick={({ currentTarget }) => {
                focusBeside(currentTarget);
                editor.choose(undefined);
                onChange(removeChosen(effect, item), { label: `Remove ${kind}` });
              }}
            />
          </li>
        );
      })}
      {strokes > 0 && (
        <li className={style['item']}>
          <Button
            look="quiet"
            icon={<Snowflake size={18} />}
            onClick={() => onChange({ ...effect, freeze: [] }, { label: 'Unfreeze' })}
          >
            {`Unfreeze ${strokes === 1 ? 'one stroke' : `${strokes} strokes`}`}
          </Button>
        </li>
      )}
    </ul>
  );
}
