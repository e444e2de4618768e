import type { ReactNode } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { sizeInWords } from '../../engine/size-in-words.ts';
import type { Timings, Understanding } from '../../engine/state.ts';
import { Section } from '../../ui/section.tsx';
import style from './facts-section.module.css';

/** What is known of the photo, and what told it. */
export function FactsSection() {
  const photo = useStudioState((state) => state.photo);
  const work = useStudioState(({ layers }) => layers?.size);
  const understanding = useStudioState((state) => state.understanding);
  const machine = useStudioState((state) => state.machine);
  const timings = useStudioState((state) => state.timings);
  const isCopy = photo && work && work.width < photo.size.width;
  return (
    <Section title="This photo">
      <dl className={style['facts']}>
        {photo && (
          <Fact name="Size">
            {sizeInWords(photo.size)}
            {isCopy && <small>shown at {sizeInWords(work)}; exports are made at full size</small>}
          </Fact>
        )}
        {understanding && (
          <>
            <Fact name="Subject">{subjectInWords(understanding)}</Fact>
            <Fact name="Depth">{depthInWords(understanding)}</Fact>
            <Fact name="Model">
              {understanding.model.id} {understanding.model.version.split('+')[0]}
              <small>{understanding.model.licence}</small>
            </Fact>
          </>
        )}
        {machine && <Fact name="Ran on">{machine.provider}</Fact>}
        <Fact name="Took">{timingsInWords(timings)}</Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function subjectInWords({ subjectPresent, confidence }: Understanding): string {
  const percent = Math.round(confidence * 100);
  return subjectPresent ? `found, ${percent} % sure` : `none found, ${percent} % that there is one`;
}

function depthInWords({ depth }: Understanding): string {
  if (!depth) return 'none: the model tells no depth';
  return depth.kind === 'metric' ? 'in metres' : 'relative: near and far, no metres';
}

function timingsInWords({ preview, layers }: Timings): string {
  if (preview === undefined) return 'under way';
  const first = `preview in ${seconds(preview)}`;
  return layers === undefined ? first : `${first}, layers in ${seconds(layers)}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
