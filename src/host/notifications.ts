import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import { Timer } from '../base/timer.ts';
import type { EngineEvents } from '../protocol/engineProtocol.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { executionName } from '../texts/titles.ts';
import { t } from './l10n.ts';
import { Notice } from './notice.ts';
import { holdsTheSame } from './recentSources.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { NotifyFailures } from './settings.ts';
import { tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

type Failed = EngineEvents['failed'];
type Resolved = EngineEvents['resolved'];

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
  private gatheredSource: SourceSpec | undefined;
  private readonly notice: Notice;
  /** Whose failure was told last, and of which source it is. */
  private toldKey: ExecutionKey | null = null;
  private toldSource: SourceSpec | undefined;
  private resolvedSid = '';
  private readonly disposables = new Disposables();

  constructor(world: {
    vscode: Vscode;
    notifyFailures: () => NotifyFailures;
    clock: Clock;
    panel: TracePanel;
    revealer: NodeRevealer;
    /** Whose executions there are now. */
    sourceOf: () => SourceSpec | undefined;
    onDidChangeSource: Event<undefined>;
  }) {
    this.vscode = world.vscode;
    this.notifyFailures = world.notifyFailures;
    this.gathering = new Timer(world.clock);
    this.panel = world.panel;
    this.revealer = world.revealer;
    this.sourceOf = world.sourceOf;
    this.notice = new Notice(world.vscode);
    // A notification would cover the panel, which shows what failed.
    this.disposables.add(
      world.panel.onDidShow(() => {
        this.notice.putAside();
      }),
    );
    this.disposables.add(
      world.revealer.onDidReveal((key) => {
        this.read(key);
      }),
    );
    this.disposables.add(
      world.onDidChangeSource(() => {
        this.forgetOthers();
      }),
    );
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
      this.gatheredSource = this.sourceOf();
      this.gathering.set(gatherMs, () => {
        void this.tell();
      });
    }
  }

  /** Says once that a problem is resolved. VS Code takes it away by itself. */
  takeResolved({ row, flow, problem }: Resolved): void {
    const notifyFailures = this.notifyFailures();
    if (notifyFailures === 'off' || (notifyFailures === 'flowFiles' && flow === null)) return;
    // The record of a robot arrives before that of the workflow which called it, and both passed.
    if (row.sid === this.resolvedSid) return;
    this.resolvedSid = row.sid;
    const said = resolvedSentence(row, problem);
    if (this.panel.isVisible) {
      this.panel.emit('news', { severity: 'info', key: row.key, sentence: said, goTo: null });
    } else void tell(this.vscode, 'information', said);
  }

  dispose(): void {
    this.gathering.dispose();
    this.disposables.dispose();
  }

  /** Its failing step is on the screen, or the panel shows the execution: whoever goes there has read it. */
  private read(key: ExecutionKey): void {
    if (key === this.toldKey) this.notice.putAside();
  }

  /** Of a source that is no longer open nothing can be shown, and nothing more is told. */
  private forgetOthers(): void {
    const source = this.sourceOf();
    if (!holdsTheSame(source, this.toldSource)) this.notice.putAside();
    if (!holdsTheSame(source, this.gatheredSource)) this.gathered = new Map();
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
    if (this.notice.isInSight) return;
    const source = (this.toldSource = this.sourceOf());
    this.toldKey = last.row.key;
    const show = t('Show in Trace Panel');
    const ways = jump === null ? [show] : [jump, show];
    const picked = await this.notice.tell('error', said, ...ways);
    if (picked === undefined) return;
    if (!holdsTheSame(this.sourceOf(), source)) {
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

function resolvedSentence(row: Resolved['row'], { nodeName, passes }: Resolved['problem']): string {
  const name = executionName(row, t);
  const passed = passes === 1 ? t('passed once since') : t('passed {0} times since', passes);
  return nodeName === ''
    ? t('Resolved: {0}, {1}.', name, passed)
    : t('Resolved: {0} at “{1}”, {2}.', name, nodeName, passed);
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
