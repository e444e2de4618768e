import type { Point } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import type { ChangeOptions } from '../../../engine/studio.ts';
import type { ToolEvent } from '../../../viewport/index.ts';
import { CinemagraphEditor, type CinemagraphTool } from './cinemagraph-editor.ts';
import type { CinemagraphEffect } from './motion-props.ts';
import { newCinemagraph } from './new-effects.ts';

/** An editor whose changes are taken up at once, as a page would, over a photo that is twice as wide as high. */
function open(tool: CinemagraphTool = 'arrow') {
  const editor = new CinemagraphEditor();
  const made: ChangeOptions[] = [];
  let settled = 0;
  const take = (effect: CinemagraphEffect) => {
    editor.context = {
      effect,
      size: { width: 2000, height: 1000 },
      scale: 0.5,
      onChange: (next, options) => {
        made.push(options);
        take(next);
      },
      onSettle: () => {
        settled++;
      },
    };
  };
  take(newCinemagraph());
  editor.setTool(tool);
  const drag = (...places: readonly Point[]) => {
    const last = places.at(-1) ?? [0, 0];
    places.forEach((place, i) => {
      editor.onTool(eventOf(i === 0 ? 'start' : 'move', place));
    });
    editor.onTool(eventOf('end', last));
  };
  return {
    editor,
    drag,
    made,
    effect: () => editor.context?.effect ?? newCinemagraph(),
    settled: () => settled,
    keys: (...keys: readonly string[]) => {
      for (const key of keys) {
        const shiftKey = key.startsWith('Shift+');
        editor.pressKey({ key: key.replace('Shift+', ''), shiftKey });
      }
    },
  };
}

function eventOf(phase: ToolEvent['phase'], point: Point): ToolEvent {
  // Of the event it looks at the type of the pointer alone.
  return { phase, point, pressure: 0.5, event: { pointerType: 'mouse' } as PointerEvent };
}

describe('the editor of a cinemagraph', () => {
  it('draws an arrow, with fewer points than the hand made', () => {
    const { drag, effect, made } = open();
    drag([0.1, 0.5], [0.2, 0.5], [0.3, 0.5], [0.4, 0.5], [0.4, 0.9]);
    expect(effect().arrows).toEqual([
      [
        [0.1, 0.5],
        [0.4, 0.5],
        [0.4, 0.9],
      ],
    ]);
    expect(made).toEqual([{ label: 'Arrow' }]);
  });

  it('draws none for a tap, and forgets one that is cancelled', () => {
    const { editor, drag, effect } = open();
    drag([0.5, 0.5]);
    editor.onTool(eventOf('start', [0.1, 0.1]));
    editor.onTool(eventOf('move', [0.5, 0.5]));
    editor.onTool(eventOf('cancel', [0.5, 0.5]));
    expect(effect().arrows).toEqual([]);
    expect(editor.store.get().draft).toBeUndefined();
  });

  it('moves an end and turns the rest with it, as one change', () => {
    const { drag, effect, made, settled } = open();
    drag([0.1, 0.5], [0.2, 0.4], [0.3, 0.5]);
    // A quarter turn about the first point: the photo is twice as wide as it is high.
    drag([0.3, 0.5], [0.2, 0.7], [0.1, 0.9]);
    const [arrow] = effect().arrows;
    expect(arrow?.[0]).toEqual([0.1, 0.5]);
    expect(arrow?.at(-1)).toEqual([0.1, 0.9]);
    expect(arrow?.[1]?.[0]).toBeCloseTo(0.15, 4);
    expect(arrow?.[1]?.[1]).toBeCloseTo(0.7, 4);
    expect(new Set(made.slice(1).map(({ merge }) => merge))).toEqual(new Set(['cinemagraph-move']));
    expect(settled()).toBe(1);
  });

  it('chooses and moves a whole arrow by its middle', () => {
    const { editor, drag, effect } = open();
    drag([0.1, 0.5], [0.5, 0.5]);
    drag([0.3, 0.505], [0.35, 0.605]);
    expect(effect().arrows[0]?.[0]?.[0]).toBeCloseTo(0.15, 4);
    expect(effect().arrows[0]?.[0]?.[1]).toBeCloseTo(0.6, 4);
    expect(editor.store.get().chosen).toEqual({ kind: 'arrow', index: 0 });
    expect(editor.remove()).toBe(true);
    expect(effect().arrows).toEqual([]);
    expect(editor.remove()).toBe(false);
  });

  it('sets an anchor and takes it along until it is let go', () => {
    const { drag, effect } = open('anchor');
    drag([0.2, 0.2], [0.3, 0.4]);
    expect(effect().anchors).toHaveLength(1);
    expect(effect().anchors[0]?.[0]).toBeCloseTo(0.3, 4);
    drag([0.3, 0.4], [0.5, 0.5]);
    expect(effect().anchors).toHaveLength(1);
  });

  it('rubs out what it meets', () => {
    const { editor, drag, effect } = open();
    drag([0.1, 0.5], [0.5, 0.5]);
    drag([0.1, 0.9], [0.5, 0.9]);
    editor.setTool('anchor');
    drag([0.3, 0.2]);
    editor.setTool('erase');
    drag([0.3, 0.1], [0.3, 0.2], [0.3, 0.3], [0.3, 0.5]);
    expect(effect().anchors).toEqual([]);
    expect(effect().arrows).toHaveLength(1);
    drag([0.8, 0.1]);
    expect(effect().arrows).toHaveLength(1);
  });

  it('draws by keys: steps are equally long in both directions', () => {
    const { keys, effect, editor } = open();
    keys('Enter', 'ArrowRight', 'Shift+ArrowDown', 'Enter');
    const [arrow] = effect().arrows;
    expect(arrow?.[0]).toEqual([0.5, 0.5]);
    expect(arrow?.[1]?.[0]).toBeCloseTo(0.51, 4);
    expect(arrow?.[1]?.[1]).toBeCloseTo(0.6, 4);
    expect(editor.store.get().said).toBe('Arrow 1 is drawn.');
    keys('Escape', ' ');
    expect(editor.store.get().chosen).toEqual({ kind: 'arrow', index: 0 });
    keys('Escape', 'Enter', 'ArrowLeft', 'Escape');
    expect(effect().arrows).toHaveLength(1);
    expect(editor.store.get().draft).toBeUndefined();
  });

  it('does nothing without something to work on', () => {
    const editor = new CinemagraphEditor();
    editor.onTool(eventOf('start', [0.5, 0.5]));
    editor.onTool(eventOf('end', [0.5, 0.5]));
    expect(editor.pressKey({ key: 'ArrowLeft', shiftKey: false })).toBe(true);
    expect(editor.remove()).toBe(false);
  });
});
