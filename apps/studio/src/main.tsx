import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { KeyMap } from './app/keys/key-map.ts';
import { KeyMapProvider } from './app/keys/use-keys.ts';
import { markPhase } from './app/mark-phase.ts';
import { StudioProvider } from './app/studio-context.ts';
import { warmWhenIdle } from './app/warm-when-idle.ts';
import { Studio } from './engine/studio.ts';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('studio');
if (!root) throw new Error('The page has no place for the studio.');
const studio = new Studio();
markPhase(studio);
const keys = new KeyMap();
document.addEventListener('keydown', (event) => {
  // A dialog has the keys to itself: nothing behind it is to change or to be closed by them.
  if (!document.querySelector('dialog[open]')) keys.press(event);
});
createRoot(root).render(
  <StrictMode>
    <StudioProvider value={studio}>
      <KeyMapProvider value={keys}>
        <App />
      </KeyMapProvider>
    </StudioProvider>
  </StrictMode>,
);
warmWhenIdle(studio);
