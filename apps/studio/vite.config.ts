import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chunkList } from './build/chunk-list.ts';
import { licences } from './build/licences.ts';
import { ortFolder } from './build/ort-folder.ts';
import { packedFiles } from './build/packed-files.ts';
import { viewModule } from './build/view-module.ts';

const terms = licences();

export default defineConfig({
  plugins: [react(), terms.page, ortFolder(), viewModule(), chunkList(), packedFiles()],
  resolve: {
    // The variant of onnxruntime-web that loads its own files from where it is told.
    conditions: ['browser', 'import', 'module', 'onnxruntime-web-use-extern-wasm'],
  },
  worker: { format: 'es', plugins: () => [terms.worker()] },
  build: {
    target: 'es2023',
    // The studio, and the page that shows how to embed a view.
    rolldownOptions: { input: ['index.html', 'embed.html'] },
    // Nothing as data: addresses; the page's policy is simpler without.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
