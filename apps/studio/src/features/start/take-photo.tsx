import { Camera as CameraIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Camera } from './camera.ts';
import { CameraDialog } from './camera-dialog.tsx';

/** A photo from the camera: phones have their own way for it, other devices get a small one here. */
export function TakePhoto({ onPhoto }: { readonly onPhoto: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isPhone = matchMedia('(pointer: coarse)').matches;
  if (!isPhone && !Camera.isThere()) return null;
  return (
    <>
      <Button
        icon={<CameraIcon size={18} />}
        onClick={() => (isPhone ? input.current?.click() : setIsOpen(true))}
      >
        Take a photo
      </Button>
      <input
        ref={input}
        className="unseen"
        type="file"
        aria-label="Photo from the camera"
        tabIndex={-1}
        accept="image/*"
        capture="environment"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onPhoto(file);
        }}
      />
      {isOpen && <CameraDialog onPhoto={onPhoto} onClose={() => setIsOpen(false)} />}
    </>
  );
}
