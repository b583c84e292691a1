import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Picture } from '../../src/base/picture.ts';
import { useInspector } from './inspectorContext.ts';

/** A picture where its value stands: as wide as there is room, and in its own size on a click. */
export function PictureValue({
  picture,
  name,
}: {
  readonly picture: Picture;
  readonly name: string;
}): JSX.Element {
  const { t } = useInspector();
  const [isWhole, setWhole] = useState(false);
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p class="inspector-note">{t('This picture can’t be shown.')}</p>;
  const { address, width, height } = picture;
  return (
    <button
      type="button"
      class={isWhole ? 'inspector-picture inspector-picture-whole' : 'inspector-picture'}
      aria-pressed={isWhole}
      title={t('Show in Full Size')}
      onClick={() => setWhole(!isWhole)}
    >
      <img
        src={address}
        width={width}
        height={height}
        alt={t('Picture {0}, {1} × {2}', name, width, height)}
        decoding="async"
        onError={() => setBroken(true)}
      />
    </button>
  );
}
