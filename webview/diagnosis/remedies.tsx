import type { Finding } from '../../src/diagnosis/finding.ts';
import type { RemedyId } from '../../src/diagnosis/remedyIds.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import { remedyText } from '../../src/texts/findingTexts.ts';
import { remedyAction, type RemedyAction, requestText } from '../../src/view/remedyActions.ts';
import { usePanel } from '../panelContext.ts';

/** What to do, and the way to where it is done. Two that lead to the same place lead there once. */
export function Remedies(props: {
  finding: Finding;
  window: TreeWindow;
  /** There is room for what is tried first. */
  isFirstAlone?: boolean;
}) {
  const { finding, window, isFirstAlone = false } = props;
  const { t } = usePanel();
  const names = new Set<string>();
  const actionOf = (remedy: RemedyId) => {
    const action = remedyAction(remedy, finding, window, t);
    if (action === null || names.has(action.name)) return null;
    names.add(action.name);
    return action;
  };
  return (
    <ul class="remedies" aria-label={t('What to do')}>
      {(isFirstAlone ? finding.remedies.slice(0, 1) : finding.remedies).map((key) => {
        const action = actionOf(key);
        return (
          <li key={key}>
            {remedyText(key, finding, t)}{' '}
            {action !== null && <Act {...{ action, finding, window }} />}
          </li>
        );
      })}
    </ul>
  );
}

function Act(props: { action: RemedyAction; finding: Finding; window: TreeWindow }) {
  const { action, finding, window } = props;
  const { session } = usePanel();
  const { key } = window.summary;
  const { nodeId = null, runKey = null, name = '' } = finding.node ?? {};
  const copyRequest = async () => {
    const asked = await session.ask('ask', { kind: 'inspect', query: { key, row: runKey } });
    if (!asked.result.ok) throw new RequestError(asked.result.failure);
    if (asked.kind !== 'inspect' || asked.result.answer.kind !== 'node') return;
    session.tell('copy', { text: requestText(name, asked.result.answer.data) });
  };
  const act = () => {
    if (action.kind === 'request') {
      copyRequest().catch((error: unknown) => session.complain(error));
    } else if (nodeId !== null) {
      const place = action.kind === 'place' ? { place: action.place } : {};
      const target = { nodeId, name, ...place };
      session.tell('revealNode', { key, target, preserveFocus: false });
    }
  };
  return (
    <button type="button" class="item-link" onClick={act}>
      {action.name}
    </button>
  );
}
