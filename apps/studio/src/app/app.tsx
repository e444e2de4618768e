import { useEffect } from 'react';
import { StartScreen } from '../features/start/start-screen.tsx';
import style from './app.module.css';
import { PhotoDrop } from './photo-drop.tsx';
import { ProblemBar } from './problem-bar.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import { TopBar } from './top-bar.tsx';
import { Workbench } from './workbench.tsx';

/** The whole page: the start until there is a photo, then the workbench. */
export function App() {
  const studio = useStudio();
  const hasPhoto = useStudioState(({ phase }) => phase !== 'empty');
  useEffect(() => {
    void studio.warm();
  }, [studio]);
  return (
    <PhotoDrop>
      <div className={style['app']}>
        <TopBar />
        <ProblemBar />
        {hasPhoto ? <Workbench /> : <StartScreen />}
      </div>
    </PhotoDrop>
  );
}
