import { Trash2, X } from 'lucide-react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { BRUSH_RADIUS } from '../../brush/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { focusBeside } from '../../ui/focus-beside.ts';
import { Note, Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { changeMatte, STROKE_LABELS, strokesInWords } from './matte-changes.ts';
import style from './subject.module.css';
import { STANDARD_SETTINGS, type SubjectTool, useSubject } from './subject-store.ts';

const HINTS: Readonly<Record<SubjectTool, string>> = {
  hand: 'Drag to move the photo. Choose a brush to change what is cut out.',
  add: 'What you paint becomes part of the subject.',
  remove: 'What you paint becomes background.',
  hair: 'Paint over the edge of hair or fur, a little into both sides. It is worked out anew there, strand by strand.',
};

/** For who has a keyboard. */
const ALT_HINTS: Readonly<Partial<Record<SubjectTool, string>>> = {
  add: 'Hold Alt to remove.',
  remove: 'Hold Alt to add.',
};

/** The radius grows with its square along the slider: small brushes need the finer steps. */
const alongOf = (radius: number) => Math.sqrt(radius / BRUSH_RADIUS.most);
const radiusOf = (along: number) => Math.max(BRUSH_RADIUS.least, along * along * BRUSH_RADIUS.most);

/** The brushes for the matte, and what they did. */
export function BrushSection() {
  const studio = useStudio();
  const [{ tool, radius, hardness }, set] = useSubject();
  const strokes = useStudioState(({ recipe }) => recipe.matte.strokes);
  const size = useStudioState(({ photo }) => photo?.size);
  const long = size ? Math.max(size.width, size.height) : 1;
  const without = (index: number) =>
    studio.changeRecipe(
      (recipe) =>
        changeMatte(recipe, { strokes: recipe.matte.strokes.filter((_, i) => i !== index) }),
      { label: 'Remove a stroke' },
    );
  return (
    <Section title="Brush">
      <Segmented<SubjectTool>
        label="What dragging does"
        choices={[
          { value: 'hand', label: 'Move', hint: 'Move the photo (V)' },
          {
            value: 'add',
            label: 'Add',
            hint: 'Add to the subject (B)',
          },
          {
            value: 'remove',
            label: 'Remove',
            hint: 'Remove from the subject (E)',
          },
          {
            value: 'hair',
            label: 'Hair',
            hint: 'Work hair and fur out anew (H)',
          },
        ]}
        value={tool}
        onChange={(next) => set({ tool: next })}
      />
      <Note>
        {HINTS[tool]}
        {tool in ALT_HINTS && <span className={style['withKeys']}> {ALT_HINTS[tool]}</span>}
      </Note>
      {tool !== 'hand' && (
        <>
          <Slider
            label="Size"
            value={alongOf(radius)}
            min={alongOf(BRUSH_RADIUS.least)}
            standard={alongOf(STANDARD_SETTINGS.radius)}
            inWords={(along) => `${Math.max(1, Math.round(2 * radiusOf(along) * long))} px`}
            onChange={(along) => set({ radius: radiusOf(along) })}
          />
          <Slider
            label="Hardness"
            value={hardness}
            standard={STANDARD_SETTINGS.hardness}
            onChange={(next) => set({ hardness: next })}
          />
        </>
      )}
      <div className={style['row']}>
        <p className={style['count']} role="status">
          {strokesInWords(strokes)}
        </p>
        <Button
          look="quiet"
          icon={<Trash2 size={18} />}
          disabled={strokes.length === 0}
          onClick={() =>
            studio.changeRecipe((recipe) => changeMatte(recipe, { strokes: [] }), {
              label: 'Remove all strokes',
            })
          }
        >
          Remove all
        </Button>
      </div>
      {strokes.length > 0 && (
        <ol className={style['strokes']} aria-label="Strokes, the last one first">
          {strokes
            .map((stroke, index) => ({ stroke, index }))
            .toReversed()
            .map(({ stroke, index }) => (
              <li key={index}>
                <span>
                  {index + 1}. {STROKE_LABELS[stroke.tool]},{' '}
                  {Math.max(1, Math.round(2 * stroke.radius * long))} px
                </span>
                <IconButton
                  label={`Remove stroke ${index + 1}`}
                  icon={<X size={18} />}
                  onClick={({ currentTarget }) => {
                    focusBeside(currentTarget);
                    without(index);
                  }}
                />
              </li>
            ))}
        </ol>
      )}
    </Section>
  );
}
