import { describe, expect, it, vi } from 'vitest';
import { KeyMap, keysOf } from './key-map.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, preventDefault: vi.fn(), ...more }) as unknown as KeyboardEvent;

describe('keysOf', () => {
  it.each([
    [{ key: 'z', ctrlKey: true }, 'Ctrl+Z'],
    [{ key: 'Z', metaKey: true, shiftKey: true }, 'Ctrl+Shift+Z'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'b' }, 'B'],
    [{ key: ' ' }, 'Space'],
    [{ key: 'ArrowLeft', shiftKey: true }, 'Shift+ArrowLeft'],
    [{ key: '[' }, '['],
    [{ key: '[', ctrlKey: true, altKey: true }, '['],
    [{ key: '1', altKey: true }, 'Alt+1'],
  ])('names %o %s', (event, name) => {
    const off = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(keysOf({ ...off, ...event })).toBe(name);
  });
});

describe('KeyMap', () => {
  vi.stubGlobal('Element', class {});

  it('asks who came last first, and the one before when it does not want the key', () => {
    const map = new KeyMap();
    const said: string[] = [];
    const one = { keys: 'Escape', label: 'a', group: 'g' };
    map.add([{ ...one, run: () => said.push('page') }]);
    const remove = map.add([{ ...one, run: () => said.push('tool') === 1 }]);
    map.press(press('Escape'));
    expect(said).toEqual(['tool']);
    map.press(press('Escape'));
    expect(said).toEqual(['tool', 'tool', 'page']);
    remove();
    map.press(press('Escape'));
    expect(said.at(-1)).toBe('page');
    expect(said).toHaveLength(4);
  });

  it('lets a held key run once unless it is meant to repeat', () => {
    const map = new KeyMap();
    const once = vi.fn();
    const often = vi.fn();
    map.add([
      { keys: 'A', label: '', group: '', run: once },
      { keys: 'B', label: '', group: '', run: often, isRepeated: true },
    ]);
    for (const key of ['a', 'b']) map.press(press(key, { repeat: true }));
    expect(once).not.toHaveBeenCalled();
    expect(often).toHaveBeenCalledOnce();
  });
});
