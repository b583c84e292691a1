import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Timer } from '../base/timer.ts';
import type { EngineEvents } from '../protocol/engineProtocol.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import { executionName } from '../texts/titles.ts';
import { t } from './l10n.ts';
import { holdsTheSame } from './recentSources.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { NotifyFailures } from './settings.ts';
import { tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

type Failed = EngineEvents['failed'];

/**
 * A robot's record arrives before that of the workflow which called it, and both say "failed": wait this
 * long, so that one failure is one notification.
 */
const gatherMs = 1_000;

/**
 * Tells of failures while they happen: one notification at a time, later ones are counted in it. A panel that is seen
 * says it itself: a notification would cover it.
 */
export class Notifications implements Disposable {
  private readonly vscode: Vscode;
  private readonly notifyFailures: () => NotifyFailures;
  private readonly gathering: Timer;
  private readonly panel: TracePanel;
  private readonly revealer: NodeRevealer;
  private readonly sourceOf: () => SourceSpec | undefined;
  private gathered = new Map<string, Failed>();
  /** The notification that nobody has answered, and that is in sight as far as we know. */
  private open: object | null = null;
  private readonly onShow: Disposable;

  constructor(world: {
    vscode: Vscode;
    notifyFailures: () => NotifyFailures;
    clock: Clock;
    panel: TracePanel;
    revealer: NodeRevealer;
    /** Whose executions there are now. */
    sourceOf: () => SourceSpec | undefined;
  }) {
    this.vscode = world.vscode;
    this.notifyFailures = world.notifyFailures;
    this.gathering = new Timer(world.clock);
    this.panel = world.panel;
    this.revealer = world.revealer;
    this.sourceOf = world.sourceOf;
    this.onShow = world.panel.onDidShow(() => {
      this.leaveToPanel();
    });
  }

  /** Takes a failure; whether it is told depends on the setting. */
  take(failed: Failed): void {
    const notifyFailures = this.notifyFailures();
    if (notifyFailures === 'off') return;
    if (notifyFailures === 'flowFiles' && failed.flow === null) return;
    const known = this.gathered.get(failed.row.sid);
    if (known === undefined || failed.row.kind === 'workflow') {
      this.gathered.set(failed.row.sid, failed);
    }
    if (this.gathered.size === 1 && known === undefined) {
      this.gathering.set(gatherMs, () => {
        void this.tell();
      });
    }
  }

  dispose(): void {
    this.gathering.dispose();
    this.onShow.dispose();
  }

  /**
   * The panel that came into sight shows what failed, and the notification would cover it. VS Code takes none back, and
   * tells nobody that one was put aside: so all go to its list of them, where the bell leads, and the next is told again.
   */
  private leaveToPanel(): void {
    if (this.open === null) return;
    this.open = null;
    void this.vscode.commands.executeCommand('notifications.hideToasts');
  }

  private async tell(): Promise<void> {
    const failures = [...this.gathered.values()];
    const last = failures.at(-1);
    // While one is open the next would only pile up; the panel shows them all.
    this.gathered = new Map();
    if (last === undefined) return;
    const said = sentence(last, failures.length);
    const jump = goTo(last);
    if (this.panel.isVisible) {
      const { key } = last.row;
      this.panel.emit('news', { severity: 'error', key, sentence: said, goTo: jump });
      return;
    }
    if (this.open !== null) return;
    const opened = {};
    this.open = opened;
    const source = this.sourceOf();
    const show = t('Show in Trace Panel');
    const ways = jump === null ? [show] : [jump, show];
    const picked = await tell(this.vscode, 'error', said, ...ways).finally(() => {
      if (this.open === opened) this.open = null;
    });
    if (picked === undefined) return;
    if (!holdsTheSame(this.sourceOf(), source)) {
      // VS Code takes no notification back.
      void tell(
        this.vscode,
        'information',
        t(
          'This execution belongs to a source that is no longer open. Switch to that source to see it.',
        ),
      );
      return;
    }
    const { key } = last.row;
    this.panel.show(true);
    this.panel.emit('select', { key, nodeId: null, rowKey: null });
    if (picked === jump) await this.revealer.reveal(key, 'failing', false);
  }
}

/** Where the jump leads; null where there is no step to jump to. */
function goTo({ row: { failing }, flow }: Failed): string | null {
  if (failing?.nodeId == null || flow === null) return null;
  return t('Go to “{0}” in {1}', failing.name, flow.name);
}

function sentence({ row }: Failed, count: number): string {
  const name = executionName(row, t);
  if (count === 2) return t('{0} and 1 more execution failed.', name);
  if (count > 1) return t('{0} and {1} more executions failed.', name, count - 1);
  const node = row.failing?.name ?? '';
  return node === ''
    ? t('{0} failed ({1}).', name, row.code)
    : t('{0} failed at “{1}” ({2}).', name, node, row.code);
}
