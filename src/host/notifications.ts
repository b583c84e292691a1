import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import { Timer } from '../base/timer.ts';
import type { EngineEvents } from '../protocol/engineProtocol.ts';
import type { SourceSpec } from '../protocol/sources.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { sentences } from '../texts/sentences.ts';
import { formatWhen } from '../texts/format.ts';
import { passedText } from '../texts/passedText.ts';
import { executionName, nameOfNode } from '../texts/titles.ts';
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
 * A robot's record arrives before that of the workflow which called it, and a workflow's before that of its caller; all
 * say "failed": wait this long, so that one failure is one notification.
 */
const gatherMs = 1_000;

/** A failure, and those that failed with it for calling it. */
interface Gathered {
  readonly failed: Failed;
  readonly callers: readonly Failed[];
}

/**
 * Tells of failures while they happen: one notification at a time, later ones are counted in it. A panel that is seen
 * says it itself: a notification would cover it.
 */
export class Notifications implements Disposable {
  private readonly vscode: Vscode;
  private readonly notifyFailures: () => NotifyFailures;
  private readonly clock: Clock;
  private readonly gathering: Timer;
  private readonly panel: TracePanel;
  private readonly revealer: NodeRevealer;
  private readonly sourceOf: () => SourceSpec | undefined;
  private gathered = new Map<ExecutionKey, Gathered>();
  private gatheredSource: SourceSpec | undefined;
  private readonly notice: Notice;
  /** Whose failure was told last, and who failed with it; of which source they are. */
  private toldKeys: readonly ExecutionKey[] = [];
  private toldSource: SourceSpec | undefined;
  /** The problems that the executions of the last sid resolved. */
  private resolved: { readonly sid: string; readonly problems: Set<string> } | undefined;
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
    this.clock = world.clock;
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

  /** Takes a failure; whether it is told depends on the setting, and on what was told of its problem. */
  take(failed: Failed): void {
    const notifyFailures = this.notifyFailures();
    if (notifyFailures === 'off') return;
    const { told, flow } = failed;
    const isWanted =
      notifyFailures === 'flowFiles' ? flow !== null && told !== 'yes' : told === 'no';
    if (this.putToGathered(failed) || !isWanted) return;
    this.gather({ failed, callers: [] });
  }

  /** Says once that a problem is resolved. VS Code takes it away by itself. */
  takeResolved({ row, flow, problem }: Resolved): void {
    const notifyFailures = this.notifyFailures();
    if (notifyFailures === 'off' || (notifyFailures === 'flowFiles' && flow === null)) return;
    if (!this.isFirstOf(row.sid, problem)) return;
    const { language } = this.vscode.env;
    const moment = (atMs: number) => formatWhen(atMs, language, this.clock.now());
    const said = resolvedSentence(row, problem, moment);
    if (this.panel.isVisible) {
      this.panel.emit('news', { severity: 'info', key: row.key, sentence: said, goTo: null });
    } else void tell(this.vscode, 'information', said);
  }

  dispose(): void {
    this.gathering.dispose();
    this.disposables.dispose();
  }

  /** The record of a robot arrives before that of the workflow which called it, and both passed. */
  private isFirstOf(sid: string, { nodeName, text }: Resolved['problem']): boolean {
    if (this.resolved?.sid !== sid) this.resolved = { sid, problems: new Set() };
    const { problems } = this.resolved;
    const before = problems.size;
    return problems.add(JSON.stringify([nodeName, text])).size > before;
  }

  /** Puts it to what is one failure with it, where that is still to be told; whether it is. */
  private putToGathered(failed: Failed): boolean {
    const root = failed.of === null ? undefined : this.gathered.get(failed.of);
    if (root !== undefined) {
      this.gathered.set(root.failed.row.key, { ...root, callers: [...root.callers, failed] });
      return true;
    }
    const others = failed.insteadOf.flatMap((key) => this.gathered.get(key) ?? []);
    if (others.length === 0) return false;
    for (const { row } of others.map((other) => other.failed)) this.gathered.delete(row.key);
    const callers = others
      .flatMap((other) => [other.failed, ...other.callers])
      // A service that it called under its own sid is part of it.
      .filter(({ row }) => row.sid !== failed.row.sid);
    this.gather({ failed, callers });
    return true;
  }

  private gather(gathered: Gathered): void {
    this.gathered.set(gathered.failed.row.key, gathered);
    // What takes the place of others waits no longer than they would have.
    if (this.gathering.isSet) return;
    this.gatheredSource = this.sourceOf();
    this.gathering.set(gatherMs, () => {
      void this.tell();
    });
  }

  /** Its failing step is on the screen, or the panel shows the execution: whoever goes there has read it. */
  private read(key: ExecutionKey): void {
    if (this.toldKeys.includes(key)) this.notice.putAside();
  }

  /** Of a source that is no longer open nothing can be shown, and nothing more is told. */
  private forgetOthers(): void {
    const source = this.sourceOf();
    if (!holdsTheSame(source, this.toldSource)) this.notice.putAside();
    if (holdsTheSame(source, this.gatheredSource)) return;
    this.gathered = new Map();
    this.gathering.clear();
  }

  private async tell(): Promise<void> {
    const failures = [...this.gathered.values()];
    const last = failures.at(-1);
    // While one is open the next would only pile up; the panel shows them all.
    this.gathered = new Map();
    if (last === undefined) return;
    const said = sentence(last, failures);
    const all = [last.failed, ...last.callers];
    const { key } = last.failed.row;
    const to = all.find((failed) => goTo(failed) !== null);
    const jump = to === undefined ? null : goTo(to);
    if (this.panel.isVisible) {
      this.panel.emit('news', { severity: 'error', key, sentence: said, goTo: jump });
      return;
    }
    if (this.notice.isInSight) return;
    const source = (this.toldSource = this.sourceOf());
    this.toldKeys = all.map(({ row }) => row.key);
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
    const shown = picked === jump ? (to?.row.key ?? key) : key;
    this.panel.show(true);
    this.panel.emit('select', { key: shown, nodeId: null, rowKey: null });
    if (picked === jump) await this.revealer.reveal(shown, 'failing', false);
  }
}

/** Where the jump leads; null where there is no step to jump to. */
function goTo({ row: { failing }, flow }: Failed): string | null {
  if (failing?.nodeId == null || flow === null) return null;
  return t('Go to “{0}” in {1}', nameOfNode(failing, t), flow.name);
}

/** With the moment, in the words of the list of problems. */
function resolvedSentence(
  row: Resolved['row'],
  { nodeName, sinceMs, lastRunMs, ...judged }: Resolved['problem'],
  moment: (atMs: number) => string,
): string {
  const name = executionName(row, t);
  const passed = passedText(judged, moment(sinceMs ?? lastRunMs), t);
  return nodeName === ''
    ? t('Resolved: {0}, {1}.', name, passed)
    : t('Resolved: {0} at “{1}”, {2}.', name, nodeName, passed);
}

function sentence(last: Gathered, gathered: readonly Gathered[]): string {
  const { row } = last.failed;
  const name = executionName(row, t);
  const count = gathered.reduce((sum, { callers }) => sum + 1 + callers.length, 0);
  if (gathered.length > 1 && count === 2) return t('{0} and 1 more execution failed.', name);
  if (gathered.length > 1) return t('{0} and {1} more executions failed.', name, count - 1);
  const node = row.failing === null ? '' : nameOfNode(row.failing, t);
  const failed =
    node === ''
      ? t('{0} failed ({1}).', name, row.code)
      : t('{0} failed at “{1}” ({2}).', name, node, row.code);
  return sentences([failed, callersSentence(last.callers)]);
}

function callersSentence(callers: readonly Failed[]): string {
  const [first] = callers;
  if (first === undefined) return '';
  const name = executionName(first.row, t);
  return callers.length === 1
    ? t('{0}, which called it, failed with it.', name)
    : t('{0} and others that called it failed with it.', name);
}
