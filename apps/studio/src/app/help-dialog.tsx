import { X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import style from './help-dialog.module.css';
import type { KeyBinding } from './keys/key-map.ts';
import { useKeyList } from './keys/use-keys.ts';

/** All keys that mean something now, by their groups. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const keys = useKeyList();
  return (
    <Dialog ref={dialog} className={style['help']} label="Keys" onClose={onClose}>
      <header>
        <h2>Keys</h2>
        <IconButton label="Close" icon={<X size={18} />} onClick={() => dialog.current?.close()} />
      </header>
      <div className={style['groups']}>
        {groupsOf(keys).map(([group, bindings]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {bindings.map(({ keys: pressed, label }) => (
                <div key={pressed + label}>
                  <dt>{label}</dt>
                  <dd>
                    {partsOf(pressed).map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={style['more']}>
        Tab goes from control to control; arrow keys move sliders, and the photo while the view has
        the focus. <a href="/docs">The service</a> has its own page. What the studio is made of, and
        under which terms: <a href="/licences.txt">licences</a>.
      </p>
    </Dialog>
  );
}

function groupsOf(keys: readonly KeyBinding[]): readonly (readonly [string, KeyBinding[]])[] {
  const groups = new Map<string, KeyBinding[]>();
  for (const binding of keys) {
    const group = groups.get(binding.group) ?? [];
    // One key for each thing; of two that do the same the first is enough.
    if (!group.some(({ label }) => label === binding.label)) group.push(binding);
    groups.set(binding.group, group);
  }
  return [...groups];
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

function partsOf(keys: string): readonly string[] {
  const parts = keys === '+' ? ['+'] : keys.split('+').filter(Boolean);
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  return parts.map((part) => (part === 'Ctrl' && isMac ? '⌘' : (SIGNS[part] ?? part)));
}
