import { ColourSection } from './colour-section.tsx';
import { DepthSection } from './depth-section.tsx';
import { FactsSection } from './facts-section.tsx';
import { ShowSection } from './show-section.tsx';

/** What is compared and how, what the depths are, and what is known of the photo. */
export function ComparePanel() {
  return (
    <>
      <ShowSection />
      <ColourSection />
      <DepthSection />
      <FactsSection />
    </>
  );
}
