import { BrushSection } from './brush-section.tsx';
import { EdgeSection } from './edge-section.tsx';
import { GroundSection } from './ground-section.tsx';
import { SplitSection } from './split-section.tsx';

/** What is cut out, by whom, and how its edge is. */
export function SubjectPanel() {
  return (
    <>
      <SplitSection />
      <BrushSection />
      <EdgeSection />
      <GroundSection />
    </>
  );
}
