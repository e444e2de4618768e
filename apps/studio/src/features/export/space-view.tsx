import { isDioramaError } from '@diorama/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { FIRST_TURN, lookOf, SpacePreview } from '../../engine/export/space-preview.ts';
import type { WorkLayers } from '../../engine/state.ts';
import { listenToHands } from '../../stage/stage-input.ts';
import { turnByKey } from '../../stage/stage-keys.ts';
import { Note } from '../../ui/section.tsx';
import { groundOf } from '../stage/ground-of.ts';
import style from './space-view.module.css';

interface SpaceViewProps {
  readonly layers: WorkLayers;
  readonly kind: 'mesh' | 'points';
  readonly columns: number;
}

/** The mesh or the points from the side; turned by pointer, touch and keys. */
export function SpaceView({ layers, kind, columns }: SpaceViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const [turn, setTurn] = useState(FIRST_TURN);
  const stage = useStudioState((state) => state.stage.look);
  const [preview, setPreview] = useState<SpacePreview>();
  const [problem, setProblem] = useState<string>();
  const look = lookOf(kind, stage, { columns, turn });
  const first = useRef(look);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    box.append(canvas);
    let opened: SpacePreview;
    try {
      opened = new SpacePreview(canvas, first.current);
    } catch (error) {
      canvas.remove();
      if (!isDioramaError(error)) throw error;
      setProblem('This browser has no WebGL to show it. The file can be made without.');
      return;
    }
    const fit = () =>
      opened.setSize(box.clientWidth, box.clientHeight, Math.min(2, devicePixelRatio));
    const room = new ResizeObserver(fit);
    room.observe(box);
    fit();
    const stopHands = listenToHands(canvas, {
      isTurned: () => true,
      isHovered: () => false,
      onLook: () => undefined,
      onTurn: (change) => setTurn(change),
    });
    setPreview(opened);
    return () => {
      stopHands();
      room.disconnect();
      opened.dispose();
      canvas.remove();
      setPreview(undefined);
    };
  }, []);
  useEffect(() => {
    if (element.current) preview?.setGround(groundOf(element.current));
    preview?.setLayers(layers);
  }, [preview, layers]);
  useEffect(() => preview?.setLook(look), [preview, look]);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turned = event.key === '0' ? FIRST_TURN : turnByKey(turn, event.key, event.shiftKey);
    if (!turned) return;
    event.preventDefault();
    event.stopPropagation();
    setTurn(turned);
  };
  return (
    // biome-ignore-start lint/a11y/noNoninteractiveTabindex: its keys turn the scene, as an application's do
    <div
      ref={element}
      className={style['space']}
      role="application"
      aria-label={kind === 'mesh' ? 'Mesh' : 'Points'}
      aria-roledescription="scene that can be turned"
      aria-description="Arrow keys turn it, plus and minus change how near it is, 0 goes back."
      tabIndex={0}
      onKeyDown={press}
    >
      {problem && <Note look="notice">{problem}</Note>}
    </div>
    // biome-ignore-end lint/a11y/noNoninteractiveTabindex: until here
  );
}
