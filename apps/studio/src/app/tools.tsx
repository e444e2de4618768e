import { Box, Columns2, Download, Scissors, Sparkles } from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import type { ToolId } from '../engine/state.ts';

type Part = LazyExoticComponent<ComponentType>;

/** What a tool shows: what fills the middle, and what stands beside it. */
export interface ToolParts {
  readonly View: Part;
  readonly Panel: Part;
}

export interface Tool {
  readonly id: ToolId;
  readonly label: string;
  readonly icon: ReactNode;
  /** Chooses it. */
  readonly key: string;
  /** Its parts, which load when they are first used; another call loads anew what failed to load. */
  readonly parts: () => ToolParts;
}

const part = (load: () => Promise<ComponentType>): Part =>
  lazy(async () => ({ default: await load() }));

/** The tools in the order of the way through them. */
export const TOOLS: readonly Tool[] = [
  {
    id: 'compare',
    label: 'Look',
    icon: <Columns2 />,
    key: '1',
    parts: () => ({
      View: part(async () => (await import('../features/compare/compare-view.tsx')).CompareView),
      Panel: part(async () => (await import('../features/compare/compare-panel.tsx')).ComparePanel),
    }),
  },
  {
    id: 'subject',
    label: 'Cut out',
    icon: <Scissors />,
    key: '2',
    parts: () => ({
      View: part(async () => (await import('../features/subject/subject-view.tsx')).SubjectView),
      Panel: part(async () => (await import('../features/subject/subject-panel.tsx')).SubjectPanel),
    }),
  },
  {
    id: 'stage',
    label: 'Move',
    icon: <Box />,
    key: '3',
    parts: () => ({
      View: part(async () => (await import('../features/stage/stage-view.tsx')).StageView),
      Panel: part(async () => (await import('../features/stage/stage-panel.tsx')).StagePanel),
    }),
  },
  {
    id: 'effects',
    label: 'Effects',
    icon: <Sparkles />,
    key: '4',
    parts: () => ({
      View: part(async () => (await import('../features/effects/effects-view.tsx')).EffectsView),
      Panel: part(async () => (await import('../features/effects/effects-panel.tsx')).EffectsPanel),
    }),
  },
  {
    id: 'export',
    label: 'Export',
    icon: <Download />,
    key: '5',
    parts: () => ({
      View: part(async () => (await import('../features/export/export-view.tsx')).ExportView),
      Panel: part(async () => (await import('../features/export/export-panel.tsx')).ExportPanel),
    }),
  },
];
