import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';
import { createStore, type Store } from '../../../engine/store.ts';
import type { ToolEvent } from '../../../viewport/index.ts';
import type { EffectProps } from '../effect-props.ts';
import {
  addAnchor,
  addArrow,
  type Chosen,
  distanceToWay,
  eraseAt,
  moveArrowEnd,
  removeChosen,
  shiftChosen,
} from './cinemagraph-change.ts';
import type { CinemagraphEffect } from './motion-props.ts';

/** `look`: nothing is drawn, and nothing lies over the picture. */
export type CinemagraphTool = 'look' | 'arrow' | 'anchor' | 'freeze' | 'erase';

export interface EditorState {
  readonly tool: CinemagraphTool;
  readonly chosen?: Chosen | undefined;
  /** An arrow on its way. */
  readonly draft?: readonly Point[] | undefined;
  /** Where keys draw; not shown while a pointer does. */
  readonly crosshair?: Point | undefined;
  readonly brushRadius: number;
  /** What was done last, for who cannot see it. */
  readonly said: string;
}

/** What the editor works on; set anew with each rendering. */
export interface EditorContext extends EffectProps<CinemagraphEffect> {
  readonly size: Size;
  /** CSS pixels per pixel of the photo. */
  readonly scale: number;
}

type Drag =
  | { readonly kind: 'end'; readonly index: number; readonly end: 'first' | 'last' }
  | { readonly kind: 'shift'; readonly chosen: Chosen }
  | { readonly kind: 'draw' | 'erase' };

/** How near a pointer must be, in CSS pixels. */
const REACH_PX = { mouse: 12, touch: 22 } as const;
/** A step of the arrow keys, as a share of the photo's longer side; with Shift it is five times as far. */
const KEY_STEP = 0.01;
const FAR_KEY_STEPS = 5;
const ARROW_KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Draws arrows and anchors and takes them away: from pointers and keys to changes of the effect. It has no page. */
export class CinemagraphEditor {
  readonly store: Store<EditorState> = createStore<EditorState>({
    tool: 'arrow',
    brushRadius: 0.04,
    said: '',
  });
  context: EditorContext | undefined;
  #drag: Drag | undefined;
  #last: Point = [0.5, 0.5];

  setTool(tool: CinemagraphTool): void {
    this.store.set({ tool, draft: undefined, chosen: undefined });
  }

  choose(chosen: Chosen | undefined): void {
    this.store.set({ chosen });
  }

  readonly onTool = ({ phase, point, event }: ToolEvent): void => {
    const reach = event.pointerType === 'touch' ? REACH_PX.touch : REACH_PX.mouse;
    if (phase === 'start') this.#begin(point, reach);
    else if (phase === 'move') this.#move(point, reach);
    else this.#end(phase === 'cancel');
  };

  /** Takes a key of the layer over the photo. Tells whether it was one. */
  pressKey(event: { readonly key: string; readonly shiftKey: boolean }): boolean {
    const { crosshair = [0.5, 0.5], draft, chosen } = this.store.get();
    const step = ARROW_KEYS[event.key];
    if (step) {
      this.#stepCrosshair(step, event.shiftKey);
      return true;
    }
    switch (event.key) {
      case 'Enter':
        this.#press(crosshair);
        return true;
      case ' ':
        this.choose(this.#under(crosshair, REACH_PX.touch));
        return true;
      case 'Escape':
        if (!draft && !chosen) return false;
        this.store.set({ draft: undefined, chosen: undefined, said: '' });
        return true;
      default:
        return false;
    }
  }

  /** Shows the crosshair that keys move, in the middle at first. */
  showCrosshair(): void {
    const { crosshair } = this.store.get();
    if (!crosshair) this.store.set({ crosshair: [0.5, 0.5] });
  }

  hideCrosshair(): void {
    this.store.set({ crosshair: undefined, draft: undefined });
  }

  /** Takes away what is chosen. Tells whether something was. */
  remove(): boolean {
    const { chosen } = this.store.get();
    const { context } = this;
    if (!chosen || !context) return false;
    const label = chosen.kind === 'arrow' ? 'Remove arrow' : 'Remove anchor';
    context.onChange(removeChosen(context.effect, chosen), { label });
    this.store.set({ chosen: undefined, said: `${label}: done.` });
    return true;
  }

  #begin(point: Point, reachPx: number): void {
    const { context } = this;
    if (!context) return;
    const { tool } = this.store.get();
    this.store.set({ crosshair: undefined });
    this.#last = point;
    if (tool === 'erase') {
      this.#drag = { kind: 'erase' };
      this.#erase(point, reachPx);
      return;
    }
    const end = this.#endUnder(point, reachPx);
    const chosen = end
      ? ({ kind: 'arrow', index: end.index } as const)
      : this.#under(point, reachPx);
    this.choose(chosen);
    if (end) {
      this.#drag = { kind: 'end', ...end };
    } else if (chosen) {
      this.#drag = { kind: 'shift', chosen };
    } else if (tool === 'anchor') {
      this.#addAnchor(point);
      const { chosen: added } = this.store.get();
      this.#drag = added && { kind: 'shift', chosen: added };
    } else if (tool === 'arrow') {
      this.#drag = { kind: 'draw' };
      this.store.set({ draft: [point] });
    }
  }

  #move(point: Point, reachPx: number): void {
    const { context } = this;
    const drag = this.#drag;
    if (!context || !drag) return;
    const { effect, size, onChange } = context;
    const by: Point = [point[0] - this.#last[0], point[1] - this.#last[1]];
    this.#last = point;
    switch (drag.kind) {
      case 'draw':
        this.store.set({ draft: [...(this.store.get().draft ?? []), point] });
        return;
      case 'erase':
        this.#erase(point, reachPx);
        return;
      case 'end':
        this.#show(moveArrowEnd(effect, drag, point, size));
        onChange(this.#effect, { label: 'Move arrow', merge: 'cinemagraph-move' });
        return;
      case 'shift': {
        this.#show(shiftChosen(effect, drag.chosen, by));
        const label = drag.chosen.kind === 'arrow' ? 'Move arrow' : 'Anchor';
        onChange(this.#effect, { label, merge: 'cinemagraph-move' });
      }
    }
  }

  #end(isCancelled: boolean): void {
    const drag = this.#drag;
    this.#drag = undefined;
    if (drag?.kind === 'draw' && !isCancelled) this.#addArrow(this.store.get().draft ?? []);
    this.store.set({ draft: undefined });
    if (drag && drag.kind !== 'draw') this.context?.onSettle();
  }

  /** Enter: begins and ends an arrow, or does what the tool does, where the crosshair is. */
  #press(at: Point): void {
    const { tool, draft } = this.store.get();
    this.showCrosshair();
    if (tool === 'anchor') {
      this.#addAnchor(at);
      this.context?.onSettle();
    } else if (tool === 'erase') {
      this.#erase(at, REACH_PX.touch);
      this.context?.onSettle();
    } else if (tool === 'arrow' && draft) {
      this.#addArrow(draft);
      this.store.set({ draft: undefined });
    } else if (tool === 'arrow') {
      this.store.set({ draft: [at], chosen: undefined, said: 'An arrow begins.' });
    }
  }

  #stepCrosshair([right, down]: readonly [number, number], isFar: boolean): void {
    const { context } = this;
    if (!context) return;
    const { width, height } = context.size;
    const { crosshair = [0.5, 0.5], draft } = this.store.get();
    const far = KEY_STEP * (isFar ? FAR_KEY_STEPS : 1) * Math.max(width, height);
    const at: Point = [
      Math.min(1, Math.max(0, crosshair[0] + (right * far) / width)),
      Math.min(1, Math.max(0, crosshair[1] + (down * far) / height)),
    ];
    const [first] = draft ?? [];
    const percent = (share: number) => Math.round(share * 100);
    this.store.set({
      crosshair: at,
      draft: first && [first, at],
      said: `${percent(at[0])} % from the left, ${percent(at[1])} % from the top.`,
    });
  }

  #addArrow(points: readonly Point[]): void {
    const { context } = this;
    if (!context) return;
    const next = addArrow(context.effect, points, context.size);
    if (next === context.effect) return;
    this.#show(next);
    context.onChange(next, { label: 'Arrow' });
    const index = next.arrows.length - 1;
    this.store.set({ chosen: { kind: 'arrow', index }, said: `Arrow ${index + 1} is drawn.` });
  }

  #addAnchor(point: Point): void {
    const { context } = this;
    if (!context) return;
    const next = addAnchor(context.effect, point);
    if (next === context.effect) return;
    this.#show(next);
    context.onChange(next, { label: 'Anchor', merge: 'cinemagraph-move' });
    const index = next.anchors.length - 1;
    this.store.set({ chosen: { kind: 'anchor', index }, said: `Anchor ${index + 1} is set.` });
  }

  #erase(point: Point, reachPx: number): void {
    const { context } = this;
    if (!context) return;
    const { effect, size, scale, onChange } = context;
    const next = eraseAt(effect, point, size, reachPx / scale);
    if (next === effect) return;
    this.#show(next);
    onChange(next, { label: 'Erase', merge: 'cinemagraph-erase' });
    this.store.set({ chosen: undefined, said: 'Erased.' });
  }

  /** Several moves may come before the page is rendered: each goes on from the one before. */
  #show(effect: CinemagraphEffect): void {
    if (this.context) this.context = { ...this.context, effect };
  }

  get #effect(): CinemagraphEffect {
    // Asked for after `#show` only.
    return (this.context as EditorContext).effect;
  }

  #endUnder(point: Point, reachPx: number) {
    if (!this.context) return undefined;
    const { effect, size, scale } = this.context;
    const isNear = (place: Point | undefined) =>
      place !== undefined && distanceToWay([place], point, size) * scale <= reachPx;
    for (const [index, arrow] of [...effect.arrows.entries()].toReversed()) {
      if (isNear(arrow.at(-1))) return { index, end: 'last' } as const;
      if (isNear(arrow[0])) return { index, end: 'first' } as const;
    }
    return undefined;
  }

  #under(point: Point, reachPx: number): Chosen | undefined {
    if (!this.context) return undefined;
    const { effect, size, scale } = this.context;
    const nearest = (ways: readonly (readonly Point[])[]) =>
      ways.findLastIndex((way) => distanceToWay(way, point, size) * scale <= reachPx);
    const anchor = nearest(effect.anchors.map((one) => [one]));
    if (anchor >= 0) return { kind: 'anchor', index: anchor };
    const arrow = nearest(effect.arrows);
    return arrow >= 0 ? { kind: 'arrow', index: arrow } : undefined;
  }
}
