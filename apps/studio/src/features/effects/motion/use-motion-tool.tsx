import { useLayoutEffect } from 'react';
import { useKeys } from '../../../app/keys/use-keys.ts';
import { useStudioState } from '../../../app/studio-context.ts';
import { BrushLayer, useBrush } from '../../../brush/index.ts';
import { useViewport } from '../../../viewport/index.ts';
import type { EffectProps, ViewTool } from '../effect-props.ts';
import { ArrowLayer } from './arrow-layer.tsx';
import { addFreeze } from './cinemagraph-change.ts';
import type { CinemagraphEditor } from './cinemagraph-editor.ts';
import type { CinemagraphEffect } from './motion-props.ts';
import { useCinemagraphEditor, useEditorState } from './use-cinemagraph-editor.ts';

/** How hard the edge of what is frozen looks while it is drawn. */
const FREEZE_HARDNESS = 0.9;

/** The tool of the effect that is being edited, for the viewport around it; nothing for those that are not drawn. */
export function useMotionTool(props: EffectProps | undefined): ViewTool {
  const editor = useCinemagraphEditor();
  const { tool, brushRadius } = useEditorState(editor);
  const size = useStudioState(({ photo, layers }) => photo?.size ?? layers?.size) ?? EMPTY;
  const flowing = props && asCinemagraph(props);
  const brush = useBrush({
    size,
    shape: { radius: brushRadius, hardness: FREEZE_HARDNESS },
    onStroke: (stroke) => {
      flowing?.onChange(addFreeze(flowing.effect, stroke), { label: 'Freeze' });
      brush.clearDone();
    },
    onRadius: (radius) => editor.store.set({ brushRadius: radius }),
  });
  useKeys([
    {
      keys: 'Delete',
      label: 'Remove the chosen arrow or anchor',
      group: 'Cinemagraph',
      run: () => flowing !== undefined && editor.remove(),
    },
    {
      keys: 'Backspace',
      label: 'Remove the chosen arrow or anchor',
      group: 'Cinemagraph',
      run: () => flowing !== undefined && editor.remove(),
    },
  ]);
  if (!flowing || tool === 'look') return {};
  const overlay = (
    <>
      <Follow editor={editor} flowing={flowing} size={size} />
      <ArrowLayer editor={editor} effect={flowing.effect} />
      {tool === 'freeze' && (
        <BrushLayer
          brush={brush}
          label="Brush that freezes"
          looks={{ plain: 'other', inverted: 'other' }}
        />
      )}
    </>
  );
  if (tool === 'freeze') {
    return { onTool: brush.onTool, onHover: brush.onHover, cursor: 'none', overlay };
  }
  return { onTool: editor.onTool, cursor: 'crosshair', overlay };
}

const EMPTY = { width: 1, height: 1 } as const;

/** Tells the editor what it works on: the scale is known within the viewport alone. */
function Follow({
  editor,
  flowing,
  size,
}: {
  readonly editor: CinemagraphEditor;
  readonly flowing: EffectProps<CinemagraphEffect>;
  readonly size: { readonly width: number; readonly height: number };
}) {
  const { scale } = useViewport();
  useLayoutEffect(() => {
    editor.context = { ...flowing, size, scale };
  });
  useLayoutEffect(
    () => () => {
      editor.context = undefined;
    },
    [editor],
  );
  return null;
}

function asCinemagraph({
  effect,
  onChange,
  onSettle,
}: EffectProps): EffectProps<CinemagraphEffect> | undefined {
  return effect.type === 'cinemagraph' ? { effect, onChange, onSettle } : undefined;
}
