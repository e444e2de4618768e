import { useRef } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { idOfEffect } from '../../engine/effects/effect-list.ts';
import { Button } from '../../ui/button.tsx';
import { Note, Section } from '../../ui/section.tsx';
import { AddEffect, focusAddEffect } from './add-effect.tsx';
import { EffectRow } from './effect-row.tsx';
import style from './effects-panel.module.css';
import { PresetList } from './preset-list.tsx';
import { RecipeFiles } from './recipe-files.tsx';
import { useEffectsTool, useToolState } from './use-effects-tool.ts';
import { useRowDrag } from './use-row-drag.ts';

/** The list of effects, what to begin with, and the recipe. */
export function EffectsPanel() {
  const tool = useEffectsTool();
  const effects = useStudioState(({ recipe }) => recipe.effects);
  const chosen = useToolState((state) => state.chosen);
  const problem = useToolState((state) => state.problem);
  const list = useRef<HTMLOListElement>(null);
  const onGrip = useRowDrag(list, tool);
  return (
    <>
      <Section
        title="Effects"
        aside={
          effects.length > 1 && (
            <Button
              look="quiet"
              onClick={() => {
                tool.clear();
                focusAddEffect();
              }}
            >
              Remove all
            </Button>
          )
        }
      >
        <div role="alert" className={style['alert']}>
          {problem !== undefined && <Note look="notice">{problem}</Note>}
        </div>
        {effects.length === 0 ? (
          <Note>Effects are applied from the first to the last. None is there yet.</Note>
        ) : (
          <ol ref={list} className={style['list']} aria-label="Effects, the first is applied first">
            {effects.map((effect, place) => {
              const id = idOfEffect(effect);
              return (
                <EffectRow
                  key={id}
                  id={id}
                  effect={effect}
                  place={place}
                  count={effects.length}
                  isChosen={id === chosen}
                  onGrip={onGrip}
                />
              );
            })}
          </ol>
        )}
        <AddEffect />
      </Section>
      <PresetList />
      <RecipeFiles />
    </>
  );
}
