import { Box, Columns2, Download, Scissors, Sparkles } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import type { ToolId } from '../engine/state.ts';

type Part = LazyExoticComponent<ComponentType>;

export interface Tool {
  readonly id: ToolId;
  readonly label: string;
  readonly icon: ReactNode;
  /** Chooses it. */
  readonly key: string;
  /** What fills the middle. */
  readonly View: Part;
  /** What stands beside it. */
  readonly Panel: Part;
}

/** The tools in the order of the way through them; each loads when it is first used. */
export const TOOLS: readonly Tool[] = [
  {
    id: 'compare',
    label: 'Look',
    icon: <Columns2 />,
    key: '1',
    View: lazy(() =>
      import('../features/compare/compare-view.tsx').then(({ CompareView }) => ({
        default: CompareView,
      })),
    ),
    Panel: lazy(() =>
      import('../features/compare/compare-panel.tsx').then(({ ComparePanel }) => ({
        default: ComparePanel,
      })),
    ),
  },
  {
    id: 'subject',
    label: 'Cut out',
    icon: <Scissors />,
    key: '2',
    View: lazy(() =>
      import('../features/subject/subject-view.tsx').then(({ SubjectView }) => ({
        default: SubjectView,
      })),
    ),
    Panel: lazy(() =>
      import('../features/subject/subject-panel.tsx').then(({ SubjectPanel }) => ({
        default: SubjectPanel,
      })),
    ),
  },
  {
    id: 'stage',
    label: 'Move',
    icon: <Box />,
    key: '3',
    View: lazy(() =>
      import('../features/stage/stage-view.tsx').then(({ StageView }) => ({ default: StageView })),
    ),
    Panel: lazy(() =>
      import('../features/stage/stage-panel.tsx').then(({ StagePanel }) => ({
        default: StagePanel,
      })),
    ),
  },
  {
    id: 'effects',
    label: 'Effects',
    icon: <Sparkles />,
    key: '4',
    View: lazy(() =>
      import('../features/effects/effects-view.tsx').then(({ EffectsView }) => ({
        default: EffectsView,
      })),
    ),
    Panel: lazy(() =>
      import('../features/effects/effects-panel.tsx').then(({ EffectsPanel }) => ({
        default: EffectsPanel,
      })),
    ),
  },
  {
    id: 'export',
    label: 'Export',
    icon: <Download />,
    key: '5',
    View: lazy(() =>
      import('../features/export/export-view.tsx').then(({ ExportView }) => ({
        default: ExportView,
      })),
    ),
    Panel: lazy(() =>
      import('../features/export/export-panel.tsx').then(({ ExportPanel }) => ({
        default: ExportPanel,
      })),
    ),
  },
];
