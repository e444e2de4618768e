import type { Effect } from '@diorama/contract';
import { ArrowDown, ArrowUp, Copy, Eye, EyeOff, GripVertical, Trash2 } from 'lucide-react';
import { nameOfEffect } from '../../engine/effects/effect-kinds.ts';
import { IconButton } from '../../ui/button.tsx';
import { focusAddEffect } from './add-effect.tsx';
import { EffectControls } from './controls/effect-controls.tsx';
import { EffectIcon } from './effect-icon.tsx';
import style from './effect-row.module.css';
import { useEffectsTool } from './use-effects-tool.ts';

interface EffectRowProps {
  readonly id: number;
  readonly effect: Effect;
  /** Its place in the list, and how many there are. */
  readonly place: number;
  readonly count: number;
  readonly isChosen: boolean;
  readonly onGrip: (id: number, event: React.PointerEvent) => void;
}

/** One effect of the list: its name opens its settings. */
export function EffectRow({ id, effect, place, count, isChosen, onGrip }: EffectRowProps) {
  const tool = useEffectsTool();
  const name = nameOfEffect(effect);
  return (
    <li className={style['row']} data-chosen={isChosen} data-on={effect.isOn} data-effect={id}>
      <div className={style['head']}>
        <span
          className={style['grip']}
          aria-hidden="true"
          title="Drag to another place"
          onPointerDown={(event) => onGrip(id, event)}
        >
          <GripVertical size={18} />
        </span>
        <button
          type="button"
          className={style['name']}
          aria-label={`${name}, ${place + 1} of ${count}${effect.isOn ? '' : ', hidden'}`}
          aria-expanded={isChosen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          onClick={() => tool.choose(isChosen ? undefined : id)}
          onKeyDown={(event) => {
            if (!actOnKey(event, id, tool)) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <EffectIcon type={effect.type} />
          {name}
        </button>
        <IconButton
          label={`Show ${name.toLowerCase()}`}
          isPressed={effect.isOn}
          icon={effect.isOn ? <Eye size={18} /> : <EyeOff size={18} />}
          onClick={() => tool.toggle(id)}
        />
      </div>
      {isChosen && (
        <div className={style['body']}>
          <EffectControls id={id} effect={effect} />
          <div className={style['tools']}>
            <IconButton
              label="Move up"
              keys="Alt+ArrowUp"
              icon={<ArrowUp size={18} />}
              disabled={place === 0}
              onClick={() => moveOnce(tool, id, -1)}
            />
            <IconButton
              label="Move down"
              keys="Alt+ArrowDown"
              icon={<ArrowDown size={18} />}
              disabled={place === count - 1}
              onClick={() => moveOnce(tool, id, 1)}
            />
            <IconButton
              label="Duplicate"
              icon={<Copy size={18} />}
              onClick={() => tool.duplicate(id)}
            />
            <IconButton
              label={`Remove ${name.toLowerCase()}`}
              icon={<Trash2 size={18} />}
              onClick={({ currentTarget }) => removeRow(currentTarget, id, tool)}
            />
          </div>
        </div>
      )}
    </li>
  );
}

type Tool = ReturnType<typeof useEffectsTool>;

function moveOnce(tool: Tool, id: number, places: number): void {
  tool.moveBy(id, places);
  tool.settle();
}

/** Whether a key did something to the row that has the focus, which stays on what takes its place. */
function actOnKey(event: React.KeyboardEvent<HTMLButtonElement>, id: number, tool: Tool): boolean {
  const { key, altKey, currentTarget } = event;
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    moveOnce(tool, id, key === 'ArrowUp' ? -1 : 1);
    // A row that moves in the page loses the focus in some browsers.
    requestAnimationFrame(() => currentTarget.focus());
    return true;
  }
  if (key !== 'Delete' && key !== 'Backspace') return false;
  removeRow(currentTarget, id, tool);
  return true;
}

/** Removes an effect from within its row; the focus goes on to the row that takes its place, or to what adds one. */
function removeRow(within: HTMLElement, id: number, tool: Tool): void {
  const row = within.closest('li');
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  tool.remove(id);
  const target = next?.querySelector<HTMLElement>('[aria-expanded]');
  if (target) target.focus();
  else focusAddEffect();
}
