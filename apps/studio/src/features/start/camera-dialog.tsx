import { Aperture, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Camera } from './camera.ts';
import style from './camera-dialog.module.css';

interface CameraDialogProps {
  readonly onPhoto: (file: File) => void;
  readonly onClose: () => void;
}

/** What the camera sees, and a shutter. The camera is let go when this closes. */
export function CameraDialog({ onPhoto, onClose }: CameraDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const { camera, line } = useCamera();
  const [isSeeing, setIsSeeing] = useState(false);
  useEffect(() => {
    if (camera && video.current) video.current.srcObject = camera.stream;
  }, [camera]);
  const shoot = async () => {
    if (!camera || !video.current) return;
    const file = await camera.take(video.current);
    dialog.current?.close();
    onPhoto(file);
  };
  return (
    <Dialog ref={dialog} className={style['camera']} label="Take a photo" onClose={onClose}>
      <div className={style['view']}>
        {line === undefined ? (
          <video ref={video} autoPlay playsInline muted onPlaying={() => setIsSeeing(true)} />
        ) : (
          <p role="alert">{line}</p>
        )}
      </div>
      <footer>
        <Button
          look="main"
          icon={<Aperture size={18} />}
          disabled={!isSeeing}
          onClick={() => void shoot()}
        >
          Take the photo
        </Button>
        <IconButton label="Close" icon={<X size={18} />} onClick={() => dialog.current?.close()} />
      </footer>
    </Dialog>
  );
}

/** The camera while the component is there, or the line that says why there is none. */
function useCamera(): { readonly camera?: Camera | undefined; readonly line?: string | undefined } {
  const [camera, setCamera] = useState<Camera>();
  const [line, setLine] = useState<string>();
  useEffect(() => {
    let isOver = false;
    let mine: Camera | undefined;
    Camera.open().then(
      (opened) => {
        mine = opened;
        // It may have been closed while the person was being asked.
        if (isOver) opened.dispose();
        else setCamera(opened);
      },
      (error: Error) => setLine(error.message),
    );
    return () => {
      isOver = true;
      mine?.dispose();
    };
  }, []);
  return { camera, line };
}
