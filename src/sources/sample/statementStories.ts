import { dumps } from '../../telemetry/pythonText.ts';
import type { Random } from './random.ts';
import { statementFlow, statementMs } from './sampleFlows.ts';
import { type Story, StoryTeller } from './storyTeller.ts';

const project = '2041775534';

/** The bank statement is fetched, if the flow file gives the robot the time for it. */
export function statementFetched(
  random: Random,
  index: number,
  beginMs: number,
  timeoutMs: number,
): Story {
  const teller = new StoryTeller(statementFlow, random, index, beginMs);
  const question = { AGENT_USER_INPUT: 'Fetch the statement of today', account: 'DE00 0000 0000' };
  teller.run('start', 0, { input: question });
  const params = { account: question.account };
  const body = { project_id: project, sid: teller.sid, exec_position: 'EXECUTOR', params };
  // As the service writes it: who compares with the run before sees that the file gives it another time.
  const retry = {
    timeout: timeoutMs / 1_000,
    should_retry: false,
    max_retries: 0,
    error_strategy: 0,
  };
  const config = {
    ...statementFlow.nodes.fetch.config,
    ...{ retry_config: retry, req_body: dumps(body) },
  };
  if (timeoutMs < statementMs) {
    const message = 'Node execution failed(Node execution timeout)';
    const logs = [{ level: 'ERROR' as const, message }];
    teller.run('fetch', timeoutMs, { ok: false, input: params, config, logs });
    teller.rpaCall(project, params, timeoutMs, 55003, 'Timeout error');
    return teller.end(question, { answer: null, code: 22302, message });
  }
  const output = { result: { lines: 12, balance: '20,391.50' } };
  teller.run('fetch', statementMs, { input: params, output, config });
  teller.rpaCall(project, params, statementMs, 0, 'Success');
  const answer = { output: 'The statement has 12 lines' };
  teller.run('end', 1, { output: answer });
  return teller.end(question, { answer });
}
