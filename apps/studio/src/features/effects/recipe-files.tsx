import { ClipboardCopy, FolderOpen, Save } from 'lucide-react';
import { useState } from 'react';
import { useStudio } from '../../app/studio-context.ts';
import { textOfRecipe } from '../../engine/effects/recipe-text.ts';
import { saveText } from '../../engine/effects/save-text.ts';
import { Button } from '../../ui/button.tsx';
import { Note, Section } from '../../ui/section.tsx';
import { useFilePick } from '../../ui/use-file-pick.tsx';
import style from './recipe-files.module.css';
import { useEffectsTool } from './use-effects-tool.ts';

/** What was done to the photo as a file: to keep it, to do it to another photo, or by the command line. */
export function RecipeFiles() {
  const studio = useStudio();
  const tool = useEffectsTool();
  const [said, setSaid] = useState('');
  const { pick, input } = useFilePick({
    label: 'Recipe file',
    accept: 'application/json,.json',
    onFile: (file) => {
      setSaid('');
      file.text().then(
        (loaded) => tool.load(loaded),
        (error: unknown) => tool.say(error),
      );
    },
  });
  const text = () => textOfRecipe(studio.store.get().recipe);
  return (
    <Section title="Recipe">
      <div className={style['buttons']}>
        <Button
          icon={<ClipboardCopy size={18} />}
          onClick={() => {
            navigator.clipboard.writeText(text()).then(
              () => setSaid('Copied.'),
              () => setSaid('This browser does not let the page copy. Save it instead.'),
            );
          }}
        >
          Copy
        </Button>
        <Button
          icon={<Save size={18} />}
          onClick={() => {
            const name = studio.store.get().photo?.name.replace(/\.[^.]*$/, '') ?? 'photo';
            saveText(text(), `${name}.recipe.json`);
          }}
        >
          Save
        </Button>
        <Button icon={<FolderOpen size={18} />} onClick={pick}>
          Load
        </Button>
      </div>
      {input}
      <Note>
        {said || 'Cut-out, depth and effects as JSON, for another photo or the command line.'}
      </Note>
    </Section>
  );
}
