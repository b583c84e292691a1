import type { Attributes } from '@opentelemetry/api';
import type { Clock } from '../base/clock.ts';
import { AttachmentRoom } from './attachment.ts';
import type { Boundary } from './callSite.ts';
import { eachNamedValue, isPlainObject, placeOf, shownText } from './executionValues.ts';
import { exceptionOf } from './errorText.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { KeptNodes } from './keptNodes.ts';
import type { OpenNode } from './keptNodes.ts';
import type { NodeHead } from './nodeHead.ts';
import { NodeLog } from './nodeLog.ts';
import type { NodeName } from './nodeName.ts';
import type { NodeOrder } from './nodeOrder.ts';
import { measureResources, writtenResources } from './resourceUse.ts';
import type { ResourceUse } from './resourceUse.ts';
import { Snapshots } from './snapshots.ts';
import { recordException, startSpan } from './spans.ts';
import type { LinkedSpan } from './spans.ts';
import { LoggedNode } from './tracedNode.ts';
import { TextRoom } from './textRoom.ts';
import type { TracerSettings } from './tracerSettings.ts';
import { WorkflowLog } from './workflowLog.ts';
import type { WorkflowLogOptions } from './workflowLog.ts';

/** Whose execution it is and what it was asked. */
export interface ExecutionOptions {
  /** What was asked: a text, or anything that can be written as JSON. */
  readonly question?: unknown;
  /** Who asked. */
  readonly uid?: string | undefined;
  /** The conversation it belongs to. */
  readonly chatId?: string | undefined;
  /** Default: one is made. */
  readonly sid?: string | undefined;
  /** Beside those of the tracer; of one name these count. */
  readonly tags?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Where in an execution some code runs. */
export interface Scope {
  readonly execution: Execution;
  /** The node around, and its entry; undefined in the execution itself. */
  readonly nodeId: string | undefined;
  readonly node: LoggedNode | undefined;
  readonly open: OpenNode | undefined;
  readonly span: LinkedSpan | undefined;
  /** Which round of an iteration this is. */
  readonly round: number | undefined;
  readonly order: NodeOrder;
}

/** A node that has begun. */
export interface BegunNode {
  readonly node: LoggedNode;
  readonly open: OpenNode;
  readonly scope: Scope;
  readonly resources: (() => ResourceUse) | undefined;
}

/** Takes the JSON of a record; `isFinal` is false for a snapshot. */
export type WriteRecord = (execution: Execution, log: WorkflowLog, isFinal: boolean) => void;

/** Nothing but a name beside it makes it a secret. */
const ordinary = 'walnut81';

/**
 * A function of its own: each node holds what it gives. Made in the execution it would hold that too, and one node that
 * outlives a collection would keep a past execution with all its nodes.
 */
function timeOf(clock: Clock): () => number {
  return () => clock.now();
}

/** One execution that goes on: its log, its nodes and what is sent of it. */
export class Execution {
  readonly log: WorkflowLog;
  readonly span: LinkedSpan | undefined;
  private readonly settings: TracerSettings;
  private readonly now: () => number;
  private readonly options: ExecutionOptions;
  private readonly write: WriteRecord;
  private readonly resources: (() => ResourceUse) | undefined;
  private readonly eventLoopDelay: (() => number | undefined) | undefined;
  private readonly snapshots: Snapshots | undefined;
  private readonly attachments: AttachmentRoom;
  private readonly room = new TextRoom();
  /** Errors that a node has recorded already, on their way through those around it. */
  private readonly seen = new WeakSet();
  private readonly nodes: KeptNodes;
  private hasEnded = false;
  /** Why the first of the nodes that are not recorded is not. */
  private lostBy: unknown;

  constructor(settings: TracerSettings, options: ExecutionOptions, write: WriteRecord) {
    this.settings = settings;
    this.options = options;
    this.write = write;
    const clock = settings.newClock();
    this.now = timeOf(clock);
    this.nodes = new KeptNodes(settings.maxNodes);
    this.attachments = new AttachmentRoom(settings.attachmentLimits);
    this.log = this.newLog(
      options.sid === undefined ? settings.newSid() : settings.sidOf(options.sid),
    );
    this.safely(() => {
      this.log.question = shownText(options.question, settings.mask, this.room);
    });
    this.log.addSrv('workflow_version', settings.version);
    this.span = settings.spans
      ? startSpan(`run ${settings.flowId}`, { ...this.identity(), flow_id: settings.flowId })
      : undefined;
    if (this.span !== undefined) this.log.addSrv('trace_id', this.span.traceId);
    if (settings.resources) {
      this.resources = measureResources();
      this.eventLoopDelay = settings.eventLoopDelays.measure();
    }
    if (settings.snapshotMs !== undefined) {
      this.snapshots = new Snapshots(
        { intervalMs: settings.snapshotMs, heartbeatMs: settings.heartbeatMs },
        clock,
        () => this.safely(() => this.sendSnapshot()),
      );
      this.snapshots.changed();
    }
  }

  private readonly masked = (text: string): string => this.settings.mask?.text(text) ?? text;

  /** What a node says of its run is seen with the next snapshot. */
  private readonly hears = (say: () => void) => {
    this.safely(() => {
      say();
      this.snapshots?.changed();
    });
  };

  /** Does a part of the recording; what goes wrong in it is logged and never reaches the robot. */
  safely<T>(record: () => T): T | undefined {
    try {
      return record();
    } catch (error) {
      this.tell(error);
      return undefined;
    }
  }

  private tell(error: unknown): void {
    try {
      this.settings.onError(error);
    } catch {
      // The stack is at its end; the robot hears of that by itself.
    }
  }

  /** Something that the robot handed in failed: it is said once, and the robot goes on. */
  fault(what: string, error: unknown): void {
    this.settings.onFault(what, error);
  }

  /** A text that was found to be secret: nothing that is recorded from now on says it. */
  hide(secret: string): void {
    this.settings.mask?.learn(secret);
  }

  /** Whether what stands under this name is secret. */
  hides(name: string): boolean {
    const { mask } = this.settings;
    return mask !== undefined && mask.value(name, ordinary) !== ordinary;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  /** `boundary` is the function that the robot called. Undefined where the node could not be recorded: it is counted. */
  begin(scope: Scope, name: NodeName, input: object, boundary: Boundary): BegunNode | undefined {
    try {
      return this.beginNode(scope, name, input, boundary);
    } catch (error) {
      // Without a call: the stack may be at its end.
      this.nodes.leftOut++;
      this.lostBy ??= error;
      this.tell(error);
      return undefined;
    }
  }

  private beginNode(scope: Scope, name: NodeName, input: object, boundary: Boundary): BegunNode {
    const { form, mask, newId, nodes, fields } = this.settings;
    const { now } = this;
    const head = nodes.of(name);
    const log = new NodeLog(
      { id: newId(), sid: this.log.sid, form, mask: mask ?? false, now },
      { head, fields, room: this.room },
    );
    // The sign of a node that has not ended.
    log.endTime = 0;
    log.source = this.settings.callSites?.of(head.nodeId, boundary);
    this.addInput(log, input);
    if (scope.nodeId !== undefined) log.setPlace(placeOf(scope.nodeId, scope.round));
    // Of several that run at once under one node id, each has children of its own.
    if (scope.node !== undefined) log.annotateId('parent_log_id', scope.node.logId);
    const span = scope.span?.child(`run_node:${head.nodeId}`, this.nodeAttributes(head));
    if (span !== undefined) log.annotateId('span_id', span.spanId);
    this.snapshots?.changed();
    const node = new LoggedNode(log, span, mask, this.attachments, this.hears);
    const resources = this.settings.resources ? measureResources() : undefined;
    scope.order.begin(log);
    // Last: what is open is in the record.
    return { node, open: this.nodes.begin(log, scope.open), scope, resources };
  }

  endNode(begun: BegunNode, result: unknown): void {
    const { log } = begun.node;
    this.safely(() => {
      if (isPlainObject(result)) {
        for (const key in result) log.appendOutputData(key, result[key]);
      } else if (result !== undefined) log.appendOutputData('output', result);
    });
    this.settle(begun, undefined);
  }

  failNode(begun: BegunNode, error: unknown): void {
    begun.node.log.runningStatus = false;
    // The node in which it happened has the text; those around it failed with it.
    this.once(error, () => {
      begun.node.fail(exceptionOf(error, this.masked));
    });
    this.settle(begun, failureOf(error, this.masked).message);
  }

  /** Records that a node has failed and is tried again: the entry stands in the record once for each attempt. */
  repeatNode({ open }: BegunNode): void {
    if (this.hasEnded) return;
    this.nodes.repeat(open);
    this.snapshots?.changed();
  }

  /** Ends the execution well. */
  succeed(result: unknown): void {
    const members = isPlainObject(result) ? result : result === undefined ? {} : { output: result };
    this.log.answer = shownText(members, this.settings.mask, this.room);
    this.end(undefined);
  }

  /** Ends the execution with the error. */
  fail(error: unknown): void {
    const failure = failureOf(error, this.masked);
    this.log.setStatus(failure.code, failure.message);
    this.log.addSrv('error_category', failure.category);
    this.once(error, () => {
      recordException(this.span, exceptionOf(error, this.masked), this.settings.mask);
    });
    this.end(failure);
  }

  private settle({ node, open, scope, resources }: BegunNode, failure: string | undefined): void {
    const { log } = node;
    log.setEnd();
    if (resources !== undefined) log.annotate('resources', writtenResources(resources()));
    scope.order.end(log);
    if (!this.hasEnded) this.nodes.end(open);
    this.snapshots?.changed();
    // Last: what listens to spans is the robot's own, and may throw.
    node.span?.end(failure === undefined ? undefined : this.masked(failure));
  }

  private end(failure: Failure | undefined): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.snapshots?.end();
    const { log } = this;
    this.nodes.endLate();
    // Behind them nodes that nobody waited for.
    log.addNodeLog([...this.nodes.all(), ...this.nodes.running()]);
    this.nodes.close();
    // Where the stack was at its end nobody could say so.
    if (this.lostBy !== undefined) this.tell(this.lostBy);
    log.setEnd();
    log.usage.add(this.nodes.usage);
    this.addLeftOut(log);
    if (this.resources !== undefined) {
      const written = writtenResources(this.resources());
      for (const [name, value] of Object.entries(written)) log.addSrv(name, String(value));
      const delayMs = this.eventLoopDelay?.();
      if (delayMs !== undefined) log.addSrv('event_loop_delay_ms', String(delayMs));
    }
    this.write(this, log, true);
    this.span?.end(failure === undefined ? undefined : this.masked(failure.message));
  }

  private sendSnapshot(): void {
    const { log } = this;
    const snapshot = this.newLog(log.sid);
    snapshot.startTime = log.startTime;
    snapshot.endTime = 0;
    snapshot.question = log.question;
    for (const [name, value] of log.srv) snapshot.addSrv(name, value);
    snapshot.addSrv('execution_state', 'running');
    snapshot.addNodeLog([...this.nodes.all(), ...this.nodes.running()]);
    this.addLeftOut(snapshot);
    this.write(this, snapshot, false);
  }

  private addLeftOut(log: WorkflowLog): void {
    if (this.nodes.left > 0) log.addSrv('dropped_nodes', String(this.nodes.left));
    if (this.room.isFull) log.addSrv('dropped_data', 'too large');
  }

  /** `sid` is one that may be written. */
  private newLog(sid: string): WorkflowLog {
    const { flowId, appId, form, mask, onStoreError, logCaller } = this.settings;
    const { uid = '', chatId = '' } = this.options;
    // A snapshot's texts are those of the final record: each is stored once.
    const storedTexts = (this.log as WorkflowLog | undefined)?.storedTexts;
    const options: WorkflowLogOptions = {
      ...{ flowId, sid, appId, uid, chatId, form, logCaller },
      ...{ mask: mask ?? false, now: this.now, onStoreError, storedTexts },
    };
    return new WorkflowLog(options, false);
  }

  private identity(): Attributes {
    const { sid, appId, uid, chatId } = this.log;
    return { sid, app_id: appId, uid, chat_id: chatId };
  }

  private nodeAttributes({ nodeId, nodeName }: NodeHead): Attributes {
    return {
      sid: this.log.sid,
      'workflow.node.id': nodeId,
      'workflow.node.name': nodeName,
      'workflow.node.type': nodeId.split('::', 1)[0] ?? '',
    };
  }

  private addInput(log: NodeLog, input: object): void {
    try {
      eachNamedValue(input, (name, value) => {
        log.appendInputData(name, value);
      });
    } catch (error) {
      this.tell(error);
    }
  }

  /** Tells of an error where it is seen first; one that could not be told is told by whoever sees it next. */
  private once(error: unknown, tell: () => void): void {
    const isObject = typeof error === 'object' && error !== null;
    if (isObject && this.seen.has(error)) return;
    tell();
    if (isObject) this.seen.add(error);
  }
}
