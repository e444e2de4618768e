/** Moving effects: their controls, and what is drawn over the photo for them. */
export { CinemagraphControls } from './cinemagraph-controls.tsx';
export { newCinemagraph, newParticles } from './new-effects.ts';
export { ParticlesControls } from './particles-controls.tsx';
export { useMotionTool } from './use-motion-tool.tsx';
