import { useState } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { fetchSample } from './fetch-sample.ts';
import style from './sample-list.module.css';
import { SAMPLES, type Sample, thumbOf } from './samples.ts';

/** Photos to try the studio with. */
export function SampleList() {
  const studio = useStudio();
  const [loading, setLoading] = useState<string>();
  const open = async (sample: Sample) => {
    setLoading(sample.id);
    try {
      await studio.open(await fetchSample(sample));
    } catch (error) {
      studio.showProblem(error);
    } finally {
      setLoading(undefined);
    }
  };
  return (
    <section className={style['samples']} aria-labelledby="samples-title">
      <h3 id="samples-title">Or try one of these</h3>
      <ul>
        {SAMPLES.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              aria-busy={loading === sample.id}
              onClick={() => void open(sample)}
            >
              <img src={thumbOf(sample)} width="180" height="120" alt="" />
              <span>{sample.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
