import { Layers, UserRound } from 'lucide-react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { Button } from '../../ui/button.tsx';
import { Note, Section } from '../../ui/section.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { changeMatte } from './matte-changes.ts';
import style from './subject.module.css';

/** Who says what the subject is: the network, or the depth. */
export function SplitSection() {
  const studio = useStudio();
  const understanding = useStudioState((state) => state.understanding);
  const matte = useStudioState(({ recipe }) => recipe.matte);
  const suggested = understanding?.suggestedThreshold ?? 0.5;
  const isByDepth = matte.split === 'depth';
  const hasNobody = understanding?.subjectPresent === false;
  const split = (by: 'subject' | 'depth') =>
    studio.changeRecipe((recipe) => changeMatte(recipe, { split: by }), {
      label: by === 'depth' ? 'Split by depth' : 'Split by subject',
    });
  const setThreshold = (threshold: number | undefined) =>
    studio.changeRecipe((recipe) => changeMatte(recipe, { threshold }), {
      label: 'Depth threshold',
      merge: 'matte.threshold',
    });
  return (
    <Section title="Cut out">
      {hasNobody && !isByDepth && (
        <div className={style['nobody']} role="status">
          <p>
            <strong>No subject found.</strong> The network is {percent(understanding.confidence)}{' '}
            sure that something stands out from the background here.
          </p>
          <Button look="main" icon={<Layers size={18} />} onClick={() => split('depth')}>
            Split by depth
          </Button>
          <Note>Or paint what you want with the brush that adds.</Note>
        </div>
      )}
      <Segmented
        label="What is cut out"
        choices={[
          {
            value: 'subject',
            label: 'Subject',
            icon: <UserRound size={18} />,
            hint: 'What the network takes for the subject',
          },
          {
            value: 'depth',
            label: 'By depth',
            icon: <Layers size={18} />,
            hint: 'What is nearer than a threshold',
          },
        ]}
        value={matte.split}
        onChange={split}
      />
      {isByDepth && (
        <>
          <Slider
            label="Nearer than"
            value={matte.threshold ?? suggested}
            standard={suggested}
            step={0.005}
            inWords={(value) => `${Math.round(value * 1000) / 10} %`}
            onChange={setThreshold}
            onSettle={() => studio.settle()}
          />
          <div className={style['row']}>
            <Note>Suggested for this photo: {percent(suggested)}</Note>
            <Button
              look="quiet"
              disabled={matte.threshold === undefined || matte.threshold === suggested}
              onClick={() => {
                setThreshold(undefined);
                studio.settle();
              }}
            >
              Use it
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}
