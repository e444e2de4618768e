import style from './exploded-photo.module.css';

/** From far to near. */
const PLANES = [
  { file: 'plate', label: 'Plate' },
  { file: 'depth', label: 'Depth' },
  { file: 'matte', label: 'Matte' },
  { file: 'subject', label: 'Subject' },
] as const;

/** A photo and the four layers that come out of it, one behind the other. It shows at a glance what happens here. */
export function ExplodedPhoto() {
  return (
    <div
      className={style['stage']}
      role="img"
      aria-label="A photo of balloons, and what comes out of it: the plate, the depth, the matte and the subject, one behind the other"
    >
      <div className={style['planes']}>
        {PLANES.map(({ file, label }, at) => (
          <figure key={file} style={{ '--at': at } as React.CSSProperties}>
            <img src={`/hero/${file}.webp`} width="720" height="480" alt="" decoding="async" />
            <figcaption>{label}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}
