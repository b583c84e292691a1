import { describe, expect, test } from 'vitest';
import type { ConnectionTest } from '../../src/protocol/hostProtocol.ts';
import type { OpenPanel, PanelOptions } from './harness.ts';
import { panelSuite } from './panelSuite.ts';
import { aSeed, executions, liveStatus } from './panelData.ts';

const suite = panelSuite();

async function open(options: PanelOptions = {}): Promise<OpenPanel> {
  await suite.open(options);
  return suite.panel;
}

async function openForm(options: PanelOptions = {}): Promise<OpenPanel> {
  const opened = await open(options);
  await opened.page.getByRole('button', { name: /^Connect to Kafka/ }).click();
  return opened;
}

describe('the first run', () => {
  test('offers three ways to begin, each with what happens', async () => {
    const { page } = await open();
    const ways = page.locator('.way');
    await expect.poll(() => ways.count()).toBe(3);
    expect(await ways.allInnerTexts()).toEqual([
      expect.stringMatching(/Connect to Kafka\s+Shows executions live/),
      expect.stringMatching(/Open Trace Files\s+Reads records/),
      expect.stringMatching(/Play Sample Robot\s+Plays simulated executions/),
    ]);
  });

  test('plays the sample robot', async () => {
    const { page, engine, asked } = await open({
      host: {
        playSample: () => {
          engine.rows = executions(3);
          engine.status = {
            ...liveStatus,
            source: { kind: 'sample', name: '', detail: '' },
          };
          return null;
        },
      },
    });
    await page.getByRole('button', { name: /Play Sample Robot/ }).click();
    await asked('playSample');
    engine.pushStatus();
    await page.locator('.execution-row').first().waitFor();
    // List and status arrive one by one.
    await expect
      .poll(() => page.locator('.source-status').innerText())
      .toMatch(/Live\s+Sample robot/);
  });

  test('keeps what is typed into the form before the engine has answered, in two fields at once', async () => {
    const { page, engine, host, asked } = await open({ prepare: (it) => (it.isAway = true) });
    host.emit('showConnect', null);
    const field = (of: string) => page.locator(`.connect-form ${of} input`);
    await field('.brokers').fill('kafka:9092');
    engine.isAway = false;
    host.emit('engineReady', null);
    await expect.poll(() => engine.queriesOf('list').length).toBeGreaterThan(0);
    expect(await field('.brokers').inputValue()).toBe('kafka:9092');
    // Between two drawings of the form.
    await page.evaluate(() => {
      for (const [of, value] of [
        ['.brokers', 'b:1'],
        ['.topic-field', 't'],
      ] as const) {
        const inner = document
          .querySelector(`.connect-form ${of}`)
          ?.shadowRoot?.querySelector('input');
        if (inner == null) throw new Error(of);
        inner.value = value;
        inner.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      }
    });
    await page.locator('vscode-button.connect').click();
    expect(await asked('connect')).toMatchObject({ form: { brokers: 'b:1', topic: 't' } });
  });

  test('opens trace files through the dialog, and stays when none is chosen', async () => {
    const { page, asked } = await open();
    await page.getByRole('button', { name: /Open Trace Files/ }).click();
    await asked('openTraceFiles');
    await page.locator('.way').first().waitFor();
    expect(await page.locator('.empty-state').count()).toBe(0);
  });

  test('takes dropped files, and shows that it would', async () => {
    const { page, asked } = await open();
    const drag = (type: string) =>
      page.evaluate((name) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(['{"sid":"a"}'], 'trace.json'));
        const event = new DragEvent(name, {
          dataTransfer: transfer,
          bubbles: true,
          cancelable: true,
        });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      }, type);
    await drag('dragenter');
    await page.getByText('Drop to open as traces').waitFor();
    expect(await drag('dragover')).toBe(true);
    await drag('drop');
    const { files } = await asked('openContents');
    expect(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['trace.json', '{"sid":"a"}'],
    ]);
    await page.getByText('Drop to open as traces').waitFor({ state: 'detached' });
  });
});

describe('the connect form', () => {
  test('stands under its heading where it is a page of its own', async () => {
    const { page, screenshot } = await open({
      prepare: (engine) => {
        engine.rows = executions(3);
        engine.status = liveStatus;
      },
      seed: { hasStarted: true },
    });
    await page.getByRole('button', { name: 'More Actions…' }).click();
    await page.getByRole('menuitem', { name: 'Connect to Kafka…' }).click();
    const left = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().left);
    expect(await left('.brokers')).toBe(await left('.welcome-body > h1'));
    await screenshot('connect-page');
    await page.keyboard.press('Enter');
    await page.locator('.connect-form').waitFor({ state: 'detached' });
    // The key that connects doesn't press what has the focus next.
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  test('its secondary buttons do not look as if they had the focus', async () => {
    const { page } = await openForm();
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-button-border', 'rgb(1, 2, 3)');
      // The toolkit reads colours when the theme changes, which the body's class tells.
      document.body.classList.add('another-theme');
    });
    const border = (selector: string) =>
      page
        .locator(`${selector} >> [part=control]`)
        .evaluate((element) => getComputedStyle(element).borderTopColor);
    await expect.poll(() => border('vscode-button.connect')).toBe('rgb(1, 2, 3)');
    expect(await border('.test-connection')).not.toBe('rgb(1, 2, 3)');
  });

  test('wants two inputs and connects with them', async () => {
    const { page, asked } = await openForm();
    await expect
      .poll(() => page.locator('.connect-form vscode-text-field:visible').count())
      .toBe(2);
    await page.locator('.brokers').getByRole('textbox').fill('kafka.example:9093');
    await page.locator('.topic-field').getByRole('textbox').fill('orders');
    await page.keyboard.press('Enter');
    const { form, password } = await asked('connect');
    expect(form).toEqual({
      ...aSeed().connection,
      brokers: 'kafka.example:9093',
      topic: 'orders',
    });
    expect(password).toBeUndefined();
  });

  test.each([
    ['', 'orders', 'Enter at least one broker'],
    ['kafka', 'orders', 'Enter brokers as host:port'],
    ['kafka:9092', ' ', 'Enter the topic'],
  ])('brokers "%s", topic "%s": %s', async (brokers, topic, sentence) => {
    const { page, hostCalls } = await openForm();
    await page.locator('.brokers').getByRole('textbox').fill(brokers);
    await page.locator('.topic-field').getByRole('textbox').fill(topic);
    await page.locator('vscode-button.connect').click();
    await page.getByText(sentence).waitFor();
    expect(hostCalls.map(({ method }) => method)).not.toContain('connect');
  });

  const noTopic: ConnectionTest = {
    ok: false,
    error: {
      reason: 'noSuchTopic',
      subject: 'spark-agent-bilder',
      detail: 'UNKNOWN_TOPIC_OR_PARTITION',
      topics: ['orders', 'spark-agent-builder'],
    },
  };
  const failed = (reason: 'unreachable' | 'tls' | 'authentication', detail: string) =>
    ({ ok: false, error: { reason, subject: 'kafka:9092', detail } }) satisfies ConnectionTest;

  test.each<[string, ConnectionTest, RegExp]>([
    ['it works', { ok: true, topics: [], partitions: 3 }, /Connected: .* has 3 partitions/],
    [
      'unreachable',
      failed('unreachable', 'ECONNREFUSED'),
      /No Kafka broker responds at kafka:9092/,
    ],
    [
      'tls',
      failed('tls', 'unable to verify the first certificate'),
      /Select its CA certificate file/,
    ],
    ['password', failed('authentication', 'SASL'), /refused the login.*password/],
    ['topic', noTopic, /no topic “spark-agent-bilder”.*Select one/],
  ])('a test says in words: %s', async (_name, answer, sentence) => {
    const { page } = await openForm({ host: { testConnection: () => answer } });
    await page.locator('.test-connection').click();
    await page.locator('.test-line').waitFor();
    await expect.poll(() => page.locator('.test-result').innerText()).toMatch(sentence);
  });

  test('a topic that exists is chosen with a click', async () => {
    const { page, asked } = await openForm({ host: { testConnection: () => noTopic } });
    await page.locator('.test-connection').click();
    await page.getByRole('button', { name: 'spark-agent-builder', exact: true }).click();
    await page.locator('vscode-button.connect').click();
    expect((await asked('connect')).form.topic).toBe('spark-agent-builder');
  });

  test('security is folded; a login needs user and password, which is sent only when typed', async () => {
    const { page, asked } = await openForm();
    await page.getByText('Security and start position').click();
    await page.locator('.tls').click();
    await page.getByText('Browse…').waitFor();
    await page.locator('.mechanism').click();
    await page.getByRole('option', { name: 'SASL SCRAM-SHA-512' }).click();
    await page.locator('vscode-button.connect').click();
    await page.getByText('Enter the user name to log in with.').waitFor();
    await page.locator('.username').getByRole('textbox').fill('robot');
    await page.locator('.password').locator('input').fill('secret');
    await page.locator('vscode-button.connect').click();
    const { form, password } = await asked('connect');
    expect(form).toMatchObject({ tls: true, saslMechanism: 'scram-sha-512', username: 'robot' });
    expect(password).toBe('secret');
  });

  test('a remembered password is not asked for again', async () => {
    const connection = {
      ...aSeed().connection,
      saslMechanism: 'plain' as const,
      username: 'robot',
      hasPassword: true,
    };
    const { page, asked } = await openForm({ seed: { connection } });
    await page.locator('vscode-button.connect').click();
    expect(await asked('connect')).toEqual({ form: connection });
  });

  test('another user, or other brokers, have a password of their own', async () => {
    const login = { ...aSeed().connection, saslMechanism: 'plain' as const, hasPassword: true };
    const connection = { ...login, username: 'robot' };
    const other = { ...login, brokers: 'b:9092', username: 'operator' };
    const seed = {
      connection,
      connections: [connection, { ...other, mark: { name: 'b', color: null } }],
    };
    const { page, asked } = await openForm({ seed });
    const field = (of: string) => page.locator(`.connect-form ${of} input`);
    const hint = () => field('.password').getAttribute('placeholder');
    await expect.poll(hint).toBe('(saved)');
    await field('.username').fill('somebody');
    await expect.poll(hint).toBe('');
    await page.locator('vscode-button.connect').click();
    await page.getByText('Enter the password.').waitFor();
    await field('.username').fill('operator');
    await expect.poll(hint).toBe('');
    await field('.brokers').fill('b:9092');
    await expect.poll(hint).toBe('(saved)');
    await field('.brokers').fill('c:9092');
    await field('.password').fill('secret');
    await page.locator('vscode-button.connect').click();
    const { form, password } = await asked('connect');
    expect([form.brokers, form.hasPassword, password]).toEqual(['c:9092', false, 'secret']);
  });

  test('is off in an untrusted workspace, says why, and on once it is trusted', async () => {
    const { page, host, hostCalls } = await openForm({ seed: { trusted: false } });
    await page.getByText('Connecting is off because this workspace isn’t trusted').waitFor();
    await page.locator('vscode-button.connect').click({ force: true });
    expect(hostCalls.map(({ method }) => method)).not.toContain('connect');
    host.emit('trusted', true);
    await page.getByText('Connecting is off').waitFor({ state: 'detached' });
  });
});
