import { useMemo } from 'react';
import { gradientOf } from './colour-gradient.ts';
import { useCompare } from './compare-store.ts';
import { type DepthHistogram, outlineOf } from './depth-histogram.ts';
import style from './histogram-chart.module.css';
import { useReading } from './use-reading.ts';

/** How many pixels are how far: all of them, and before them those of the subject. Below are the colours of depth. */
export function HistogramChart({ histogram }: { readonly histogram: DepthHistogram }) {
  const [colourMap] = useCompare((settings) => settings.colourMap);
  const { all, subject } = histogram;
  const outlines = useMemo(() => {
    const highest = Math.max(...all);
    return { all: outlineOf(all, highest), subject: outlineOf(subject, highest) };
  }, [all, subject]);
  return (
    <>
      <svg
        className={style['chart']}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label="Histogram of depths, far on the left and near on the right"
      >
        <path className={style['all']} d={outlines.all} />
        <path className={style['subject']} d={outlines.subject} />
      </svg>
      <div className={style['colours']} style={{ background: gradientOf(colourMap) }} />
      <Here />
    </>
  );
}

/** Where the depth under the pointer is among all of them. */
function Here() {
  const reading = useReading();
  return reading && <span className={style['here']} style={{ left: `${reading.depth * 100}%` }} />;
}
