import { usePickPhoto } from '../../app/photo-drop.tsx';
import { Button } from '../../ui/button.tsx';

export function StartScreen() {
  const pick = usePickPhoto();
  return (
    <main style={{ margin: 'auto' }}>
      <Button look="main" onClick={pick}>
        Choose a photo
      </Button>
    </main>
  );
}
