import { useState } from 'react';
import { StartScreen } from '../features/start/start-screen.tsx';
import style from './app.module.css';
import { HelpDialog } from './help-dialog.tsx';
import { PageKeys } from './page-keys.tsx';
import { PhotoDrop } from './photo-drop.tsx';
import { ProblemBar } from './problem-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { useStudioState } from './studio-context.ts';
import { TopBar } from './top-bar.tsx';
import { usePageTitle } from './use-page-title.ts';
import { Workbench } from './workbench.tsx';

/** The whole page: the start until there is a photo, then the workbench. */
export function App() {
  const hasPhoto = useStudioState(({ phase }) => phase !== 'empty');
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  usePageTitle();
  return (
    <PhotoDrop>
      <PageKeys onHelp={() => setIsHelpOpen(true)} />
      <div className={style['app']}>
        <TopBar onHelp={() => setIsHelpOpen(true)} />
        <ProblemBar />
        {hasPhoto ? <Workbench /> : <StartScreen />}
        {hasPhoto && <StatusBar />}
      </div>
      {isHelpOpen && <HelpDialog onClose={() => setIsHelpOpen(false)} />}
    </PhotoDrop>
  );
}
