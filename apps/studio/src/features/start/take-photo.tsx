import { Camera as CameraIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useFilePick } from '../../ui/use-file-pick.tsx';
import { Camera } from './camera.ts';
import { CameraDialog } from './camera-dialog.tsx';

/** A photo from the camera: phones have their own way for it, other devices get a small one here. */
export function TakePhoto({ onPhoto }: { readonly onPhoto: (file: File) => void }) {
  const { pick, input } = useFilePick({
    label: 'Photo from the camera',
    accept: 'image/*',
    capture: 'environment',
    onFile: onPhoto,
  });
  const [isOpen, setIsOpen] = useState(false);
  const isPhone = matchMedia('(pointer: coarse)').matches;
  if (!isPhone && !Camera.isThere()) return null;
  return (
    <>
      <Button icon={<CameraIcon size={18} />} onClick={() => (isPhone ? pick() : setIsOpen(true))}>
        Take a photo
      </Button>
      {input}
      {isOpen && <CameraDialog onPhoto={onPhoto} onClose={() => setIsOpen(false)} />}
    </>
  );
}
