import type { Json } from '../../src/base/json.ts';
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { openRecord } from '../../src/decode/decodeExecution.ts';
import { maskedRecordText } from '../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../src/masking/createRedactionRules.ts';
import { atAGlance, byItsBytes } from './byItsBytes.ts';
import { recordWith } from './fixtures.ts';
import type { CorpusPlace } from './secretCorpus.ts';

const rules = createRedactionRules();

/**
 * Everything that is shown or saved of a record that holds a value in one place. It is read by its bytes, and saved as
 * it is parsed; that both show the same is a test of its own.
 */
export function shownAt(place: CorpusPlace, value: Json): string {
  const record = recordOf(place, value);
  const opened = openRecord(record, rules, byItsBytes);
  const execution = opened.execution();
  const data = execution.runs.map(({ key }) => opened.nodeData(key));
  const decoded = decodeRecord(record, rules, atAGlance);
  const shown = [decoded, execution, opened.executionData(), data];
  return JSON.stringify(shown) + maskedRecordText(record, rules);
}

function recordOf(place: CorpusPlace, value: Json): ReturnType<typeof recordWith> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const data = {
    input: place === 'input' ? { value } : place === 'key' ? { [text]: 'x' } : {},
    output: place === 'output' ? { value } : {},
    config: place === 'config' ? { value } : {},
  };
  return recordWith({
    ...{ sid: 's1', sub: 'workflow', question: '', answer: '' },
    status: { code: 21600, message: place === 'message' ? text : 'failed' },
    trace: [
      {
        ...{ id: 'n1', node_id: 'ifly-code::1', running_status: false, data },
        node_name: place === 'name' ? text : 'step',
        logs: place === 'log' ? [JSON.stringify({ level: 'ERROR', message: text, time: '' })] : [],
      },
    ],
  });
}
