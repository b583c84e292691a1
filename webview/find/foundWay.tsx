import { shownSigns } from '../../src/base/shownSigns.ts';
import type { FoundPlace } from '../../src/protocol/find.ts';
import { placeWay } from '../../src/texts/placeTexts.ts';
import { usePanel } from '../panelContext.ts';

/** The way to a value, cut at the beginning of its path: its end tells most. */
export function FoundWay({ place }: { place: FoundPlace }) {
  const { t } = usePanel();
  const { path } = place;
  const way = placeWay(place, t);
  const isCut = path !== '' && way.endsWith(path);
  return (
    <span class="find-way">
      <span class="find-part">{shownSigns(isCut ? way.slice(0, -path.length) : way)}</span>
      {isCut && (
        <span class="find-path">
          <bdi dir="ltr">{shownSigns(path)}</bdi>
        </span>
      )}
    </span>
  );
}
