import { useEffect } from 'react';
import { focusViewAround, useCameraView } from '../../../viewport/index.ts';
import { AreaHint } from './area-hint.tsx';
import style from './arrow-layer.module.css';
import { AnchorMark, ArrowMark, CrosshairMark } from './arrow-marks.tsx';
import type { CinemagraphEditor } from './cinemagraph-editor.ts';
import type { CinemagraphEffect } from './motion-props.ts';
import { useEditorState } from './use-cinemagraph-editor.ts';

interface ArrowLayerProps {
  readonly editor: CinemagraphEditor;
  readonly effect: CinemagraphEffect;
}

/** Arrows, anchors and what is frozen over the photo of a `PhotoViewport`, and the keys that draw them. */
export function ArrowLayer({ editor, effect }: ArrowLayerProps) {
  const { tool, said } = useEditorState(editor);
  useEffect(() => () => editor.hideCrosshair(), [editor]);
  return (
    // biome-ignore-start lint/a11y/noNoninteractiveTabindex: it is drawn on by keys, as in an application
    <div
      className={style['layer']}
      role="application"
      aria-label={`What flows on the ${effect.layer}`}
      aria-roledescription="drawing"
      aria-description={
        'Arrow keys move the crosshair, Shift makes them go farther. Enter begins and ends an arrow, ' +
        'or sets an anchor. Space chooses, Delete removes what is chosen.'
      }
      tabIndex={tool === 'freeze' ? -1 : 0}
      onMouseDown={focusViewAround}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) editor.showCrosshair();
      }}
      onBlur={() => editor.hideCrosshair()}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (!editor.pressKey(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <AreaHint layer={effect.layer} />
      <Marks editor={editor} effect={effect} />
      <output className="unseen">{said}</output>
    </div>
    // biome-ignore-end lint/a11y/noNoninteractiveTabindex: until here
  );
}

function Marks({ editor, effect }: ArrowLayerProps) {
  const { view } = useCameraView();
  const { chosen, draft, crosshair } = useEditorState(editor);
  const { width, height } = view.photo;
  const shared = { size: view.photo, unit: 1 / view.scale };
  const isChosen = (kind: 'arrow' | 'anchor', index: number) =>
    chosen?.kind === kind && chosen.index === index;
  return (
    <svg
      className={style['marks']}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {/* One within another, so that strokes end where the photo does. */}
      <svg className={style['frozen']} width={width} height={height} role="presentation">
        {effect.freeze.map(({ points, radius }, index) => (
          <polyline
            // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no name but their place
            key={index}
            points={[...points, ...points.slice(-1)]
              .map(([x, y]) => `${x * width},${y * height}`)
              .join(' ')}
            strokeWidth={2 * radius * Math.max(width, height)}
          />
        ))}
      </svg>
      {effect.arrows.map((points, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: arrows have no name but their place
        <ArrowMark key={index} points={points} isChosen={isChosen('arrow', index)} {...shared} />
      ))}
      {effect.anchors.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: anchors have no name but their place
        <AnchorMark key={index} point={point} isChosen={isChosen('anchor', index)} {...shared} />
      ))}
      {draft && <ArrowMark points={draft} isChosen {...shared} />}
      {crosshair && <CrosshairMark point={crosshair} {...shared} />}
    </svg>
  );
}
