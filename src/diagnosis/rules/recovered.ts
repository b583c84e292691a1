import type { Finding } from '../finding.ts';
import { errorLogs, type Facts } from '../facts.ts';

/** The first ones tell; a robot that retries everything would fill the panel. */
const maxFindings = 5;

/** Nodes that failed first and went on: worth knowing before they fail for good. */
export function recovered({ execution, context }: Facts): readonly Finding[] {
  return execution.runs
    .filter((run) => run.status === 'recovered')
    .slice(0, maxFindings)
    .map((run) => ({
      rule: 'recovered',
      severity: 'info',
      category: 'node',
      cause: 'recovered',
      node: { nodeId: run.nodeId, runKey: run.key, name: run.name },
      code: null,
      evidence: [
        { field: 'running_status', value: 'false', runKey: run.key },
        ...errorLogs(run, context),
      ],
      remedies: ['watchFlakyStep'],
      confidence: 'likely',
    }));
}
