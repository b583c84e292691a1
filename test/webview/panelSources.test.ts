import { describe, expect, test } from 'vitest';
import { RequestError } from '../../src/protocol/packet.ts';
import type { SourceLabel } from '../../src/protocol/sources.ts';
import type { SourceState } from '../../src/record/recordSource.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { executions, liveStatus } from './panelData.ts';
import { panelSuite } from './panelSuite.ts';

const suite = panelSuite();
const kafka = { kind: 'kafka', name: 'spark-agent-builder' } as const;
const files = { kind: 'files', name: 'large.jsonl', detail: '/traces/large.jsonl' } as const;
const share = { doneBytes: 38, totalBytes: 100 };

function open(state: SourceState, rows: number, options: PanelOptions = {}): Promise<OpenPanel> {
  return suite.open({
    prepare: (engine) => {
      engine.rows = executions(rows);
      engine.status = { ...liveStatus, source: files, state };
    },
    ...options,
    seed: { hasStarted: true, back: kafka, ...options.seed },
  });
}

describe('behind an opened file', () => {
  test('a button leads back to the live source', async () => {
    const { page, engine, host, asked } = await open({ kind: 'ended' }, 12);
    await page.getByRole('button', { name: 'Back to spark-agent-builder' }).click();
    await asked('goBack');
    engine.setState({ kind: 'live', lag: 0 }, { ...kafka, detail: 'localhost:9092' });
    host.emit('back', null);
    await expect
      .poll(() => page.locator('.source-status').innerText())
      .toMatch(/Live\s+spark-agent-builder/);
    await page.getByRole('button', { name: /^Back to/ }).waitFor({ state: 'detached' });
  });

  test('there is none where nothing was read before', async () => {
    const { page } = await open({ kind: 'ended' }, 12, { seed: { back: null } });
    await page.locator('.execution-row').first().waitFor();
    expect(await page.getByRole('button', { name: /^Back to/ }).count()).toBe(0);
  });

  test('what fails is said in words, until another source is read', async () => {
    const { page, engine } = await open({ kind: 'ended' }, 12, {
      host: {
        switchSource: () => {
          throw new RequestError({ reason: 'timeout', message: 'switchSource: no answer' });
        },
      },
    });
    await page.getByRole('button', { name: 'More Actions…' }).click();
    await page.getByRole('menuitem', { name: 'Switch Source…' }).click();
    const banner = page.locator('.banner');
    await expect
      .poll(() => banner.allInnerTexts())
      .toEqual([expect.stringMatching(/^There was no response in time/)]);
    engine.setState({ kind: 'live', lag: 0 }, { ...kafka, detail: 'localhost:9092' });
    await expect.poll(() => banner.count()).toBe(0);
  });

  test('all sources are offered by VS Code', async () => {
    const { page, asked } = await open({ kind: 'ended' }, 12);
    await page.getByRole('button', { name: 'More Actions…' }).click();
    await page.getByRole('menuitem', { name: 'Switch Source…' }).click();
    await asked('switchSource');
  });
});

const refused = {
  kind: 'failed',
  error: { reason: 'unreachable', subject: 'b:9092', detail: 'ECONNREFUSED', topics: ['orders'] },
} as const;

/** A source that failed, and its buttons. */
async function failed(kind: SourceLabel['kind'], rows = 0, seed: PanelOptions['seed'] = {}) {
  const opened = await open(refused, rows, {
    seed,
    prepare: (engine) => {
      engine.rows = executions(rows);
      engine.status = { ...liveStatus, source: { ...files, kind }, state: refused };
    },
  });
  const actions = opened.page.locator('.error-actions');
  await actions.waitFor();
  return { ...opened, actions };
}

describe('a source that fails', () => {
  test.each([
    ['kafka', 'orders Try Again Change Connection… Show Log'],
    ['files', 'Open Trace Files… Show Log'],
    ['contents', 'Open Trace Files… Show Log'],
    ['sample', 'Play Sample Robot Show Log'],
  ] as const)('of the kind %s is mended by its own buttons', async (kind, buttons) => {
    const { actions } = await failed(kind);
    expect((await actions.innerText()).split(/\s*\n\s*/).join(' ')).toBe(buttons);
  });

  test('a topic is connected to again, or another one', async () => {
    const { actions, asked } = await failed('kafka', 12);
    await actions.getByText('orders').click();
    expect(await asked('connect')).toMatchObject({ form: { topic: 'orders' } });
  });

  test('an editor of one file reads it again', async () => {
    const { actions, asked } = await failed('contents', 0, { isTraceFile: true });
    expect((await actions.innerText()).split(/\s*\n\s*/)).toEqual(['Read Again', 'Show Log']);
    await actions.getByText('Read Again').click();
    await asked('readAgain');
  });

  test('another file is chosen', async () => {
    const { actions, asked } = await failed('contents');
    await actions.getByText('Open Trace Files…').click();
    await asked('openTraceFiles');
  });
});

test('the menu leads to each source', async () => {
  const { page, asked } = await open({ kind: 'ended' }, 12);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'More Actions…' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Open Trace Files…');
  await asked('openTraceFiles');
  await choose('Connect to Kafka…');
  await page.getByRole('button', { name: 'Test Connection' }).waitFor();
  await choose('Play Sample Robot');
  await asked('playSample');
});

test('what became of a trace file is told, and what is shown stays', async () => {
  const { page, host, asked } = await open({ kind: 'ended' }, 12, { seed: { isTraceFile: true } });
  const banner = page.locator('.banner');
  const say = (state: 'same' | 'changed' | 'gone') => {
    host.emit('traceFile', { name: 'a.rpatrace', state });
  };
  const told = async () => (await banner.allInnerTexts()).map((text) => text.split('\n')[0]);
  say('gone');
  await expect
    .poll(told)
    .toEqual(['“a.rpatrace” was moved or deleted. Its content stays here until you close it.']);
  expect(await banner.locator('vscode-button').count()).toBe(0);
  say('changed');
  await expect
    .poll(told)
    .toEqual(['“a.rpatrace” was changed on disk. This is its content from before.']);
  expect(await page.locator('.execution-row').count()).toBeGreaterThan(0);
  await banner.locator('vscode-button').click();
  await asked('readAgain');
  say('same');
  await expect.poll(() => banner.count()).toBe(0);
});

test('metrics that do not arrive are told, until they do', async () => {
  const { page, engine, screenshot } = await open({ kind: 'live', lag: 0 }, 12, {
    prepare: (prepared) => {
      prepared.rows = executions(12);
      prepared.status = {
        ...liveStatus,
        otlp: {
          ...{ kind: 'failing', endpoint: 'http://collector:4318/v1/metrics', waiting: 1_250 },
          detail: 'connect ECONNREFUSED',
        },
      };
    },
  });
  const banner = page.locator('.banner');
  await expect
    .poll(() => banner.allInnerTexts())
    .toEqual([
      'Metrics can’t be sent to http://collector:4318/v1/metrics: connect ECONNREFUSED. ' +
        'Check the endpoint in the settings, and that its collector is running. ' +
        '1,250 executions are kept until they can be sent.',
    ]);
  await screenshot('metrics-not-received');
  engine.status = { ...engine.status, otlp: { kind: 'on', endpoint: 'http://collector:4318' } };
  engine.setState({ kind: 'live', lag: 0 });
  await expect.poll(() => banner.count()).toBe(0);
});

describe('while a file is read', () => {
  test('the header says how far, and ends it', async () => {
    const { page, engine, screenshot } = await open({ kind: 'reading', ...share }, 12);
    const status = page.locator('.source-status');
    await expect.poll(() => status.innerText()).toMatch(/Reading\s+large\.jsonl\s+38%/);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await screenshot('reading-file');
    await page.getByRole('button', { name: 'Stop Reading' }).click();
    await expect.poll(() => engine.callsOf('endReading').length).toBe(1);
  });

  test('the empty page says so', async () => {
    const { page } = await open({ kind: 'reading', ...share }, 0);
    await page.getByText('Reading “large.jsonl”: 38%…').waitFor();
  });
});

describe('a file that was read in part', () => {
  test.each([
    ['light', { theme: 'light-modern' }],
    ['narrow-contrast', { theme: 'high-contrast', width: 520 }],
    ['chinese', { seed: { language: 'zh-cn', back: { kind: 'sample', name: '' } } }],
  ] as const)('says what of it is there, and is read again: %s', async (name, options) => {
    const { page, asked, screenshot } = await open({ kind: 'endedEarly', ...share }, 12, options);
    const banner = page.locator('.banner');
    await expect
      .poll(() => banner.innerText())
      .toMatch(/cover only the first 38% of “large\.jsonl”|仅包含“large\.jsonl”的前 38%/);
    await screenshot(`read-in-part-${name}`);
    await banner.getByRole('button').click();
    await asked('readAgain');
  });

  test('without any execution too', async () => {
    const { page, asked } = await open({ kind: 'endedEarly', ...share }, 0);
    await page.getByText('Reading was stopped before the first execution.').waitFor();
    await page.getByRole('button', { name: 'Read Again' }).click();
    await asked('readAgain');
  });
});
