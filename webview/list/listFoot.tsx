import type { EarlierProgress } from '../../src/protocol/list.ts';
import type { Reach } from '../../src/protocol/status.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import { earlierText, listReachText } from '../../src/texts/listReachText.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { type Panel, usePanel } from '../panelContext.ts';
import './foot.css';

/** The setting that bounds what the list holds. */
const roomSetting = 'rpaTrace.store.maxMegabytes';

/** As long as a slow broker may take for some hundred thousand records; the line says meanwhile that it goes on. */
const loadingTakesMs = 600_000;

/** Where the list ends: how far back it reaches, and the ways to what is older. */
export function ListFoot() {
  const { state } = usePanel();
  const reach = state.status.value?.reach ?? null;
  const earlier = state.list.value?.earlier;
  return (
    <>
      {reach !== null && <Reached reach={reach} />}
      {earlier !== undefined && <Earlier earlier={earlier} />}
    </>
  );
}

function Reached({ reach }: { reach: Reach }) {
  const { state, t } = usePanel();
  return (
    <div class="list-foot">
      <span class="list-reach" role="status" title={t('Some older executions may be listed too.')}>
        {listReachText(reach, state.language, Date.now(), t)}
      </span>
      <OlderButton reach={reach} />
    </div>
  );
}

/** What the history has of the time before, as far as it was looked through, and the way on. */
function Earlier({ earlier }: { earlier: EarlierProgress }) {
  const { state, session, t } = usePanel();
  const { hasMore, isLooking, backToMs } = earlier;
  if (!hasMore && !isLooking && backToMs === null) return null;
  const text = earlierText(earlier, state.language, Date.now(), t);
  return (
    <div class="list-foot list-earlier">
      <span class="list-reach" role="status" title={text}>
        {text}
      </span>
      {hasMore && (
        <button
          type="button"
          class="list-older"
          aria-disabled={isLooking}
          onClick={() => {
            if (!isLooking) session.list.showEarlier();
          }}
        >
          {t('Show History')}
        </button>
      )}
    </div>
  );
}

/** Asks for older executions; where memory is full it leads to what bounds it. Nothing where there are none. */
export function OlderButton({ reach }: { reach: Reach }) {
  const panel = usePanel();
  const { session, t } = panel;
  if (reach.before === 0 && reach.state !== 'full') return null;
  const isReading = reach.state === 'reading';
  const act = () => {
    if (reach.state === 'full') session.tell('openSettings', { setting: roomSetting });
    else if (!isReading) loadOlder(panel);
  };
  // It stays while older ones are read: the focus would be lost with it.
  return (
    <button type="button" class="list-older" aria-disabled={isReading} onClick={act}>
      {reach.state === 'full' ? t('Open Settings') : t('Load Older')}
    </button>
  );
}

function loadOlder({ session, state, t }: Panel): void {
  session.ask('loadOlder', null, loadingTakesMs).catch((error: unknown) => {
    const reason = error instanceof RequestError ? requestFailureText(error, t) : String(error);
    state.notice.value = t('Older executions could not be read. {0}', reason);
  });
}
