import type { NodeLog } from './nodeLog.ts';
import { NodeTraceLog } from './nodeTraceLog.ts';
import type { NodeTraceLogOptions } from './nodeTraceLog.ts';
import type { TextWriter } from './storedTexts.ts';

/** What a workflow's log is made with. */
export interface WorkflowLogOptions extends Omit<NodeTraceLogOptions, 'sub' | 'serviceId'> {
  /** The flow that is run. */
  readonly flowId: string;
  /** The bot that runs it. */
  readonly botId?: string | undefined;
  /** The service that runs it. Default: `workflow`. */
  readonly sub?: string | undefined;
  /** What was called. Default: the flow. */
  readonly serviceId?: string | undefined;
  /** Of which release the numbers are. Default: `g3`, that of today. */
  readonly form?: 'g1' | 'g3' | undefined;
}

/** Nodes that speak to the user: the first of them to start is the execution's first frame. */
const speaking = /^(?:message|node-end)::/;

/** The record of one execution of a workflow. */
export class WorkflowLog extends NodeTraceLog {
  /** The flow that is run. */
  readonly flowId: string;
  /** The bot that runs it. */
  botId: string;
  private readonly form: 'g1' | 'g3';

  constructor(options: WorkflowLogOptions, judgesSid = true) {
    const { flowId, sub = 'workflow', serviceId = flowId, caller = 'workflow' } = options;
    super({ ...options, sub, serviceId, caller }, judgesSid);
    this.flowId = this.shown(flowId);
    this.botId = this.shown(options.botId);
    this.form = options.form ?? 'g3';
  }

  /** Adds entries of nodes; the first that speaks to the user is the first frame. */
  override addNodeLog(logs: readonly NodeLog[]): void {
    super.addNodeLog(logs);
    if (this.firstFrameDuration !== undefined) return;
    const first = logs.find(({ nodeId }) => speaking.test(nodeId));
    if (first !== undefined) this.firstFrameDuration = first.startTime - this.startTime;
  }

  protected override identity(text: TextWriter, sid: string): string {
    return (
      `"service_id": ${text(this.serviceId)}, "flow_id": ${text(this.flowId)}, "sid": ${sid}, ` +
      `"app_id": ${text(this.appId)}, "uid": ${text(this.uid)}, "bot_id": ${text(this.botId)}, ` +
      `"chat_id": ${text(this.chatId)}`
    );
  }

  /** Once set it is an integer in the engine of 2025. */
  protected override writtenFirstFrame(): string {
    const set = this.firstFrameDuration;
    return this.form === 'g1' && set !== undefined ? String(set) : super.writtenFirstFrame();
  }
}
