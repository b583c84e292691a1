import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../support/paths.ts';
import { readJson, readText } from '../support/projectFiles.ts';
import { placeholders } from '../support/sourceTexts.ts';
import { readTranslations } from '../../scripts/translations.ts';

interface Manifest {
  readonly icon?: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities?: {
    readonly untrustedWorkspaces?: { readonly restrictedConfigurations?: readonly string[] };
  };
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly configuration?: Section | readonly Section[];
    readonly menus?: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string }[]>
    >;
    readonly walkthroughs?: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
  };
}

interface Section {
  readonly properties?: Readonly<Record<string, { readonly scope?: string }>>;
}

const manifest = (await readJson('package.json')) as Manifest;
const manifestText = await readText('package.json');
const commands = (manifest.contributes?.commands ?? []).map(({ command }) => command).sort();
const properties = Object.fromEntries(
  [manifest.contributes?.configuration ?? []]
    .flat()
    .flatMap((section) => Object.entries(section.properties ?? {})),
);
const settings = Object.keys(properties).sort();

describe('commands', () => {
  test('of the manifest are those of src/host/ids.ts', async () => {
    const path = join(repositoryRoot, 'src/host/ids.ts');
    const { commandIds } = (await import(path)) as { commandIds: Record<string, string> };
    expect(commands).toEqual(Object.values(commandIds).sort());
  });

  test('each have one handler in src/host/commands.ts, or beside what offers them', async () => {
    const path = join(repositoryRoot, 'src/host/ids.ts');
    const { commandIds } = (await import(path)) as { commandIds: Record<string, string> };
    const files = [
      'commands',
      'compareCommands',
      'contextCommands',
      'handOnCommands',
      'problemCommands',
      'editor/editorCommands',
    ].map((name) => `src/host/${name}.ts`);
    const source = (await Promise.all(files.map(readText))).join();
    const named = [...source.matchAll(/\bcommandIds\.(\w+)/g)].map(([, key]) => key);
    expect(Object.keys(commandIds).filter((key) => !named.includes(key))).toEqual([]);
  });

  test('that open trace files are offered on all that the dialog offers', async () => {
    const path = join(repositoryRoot, 'src/host/ids.ts');
    const { traceFileExtensions } = (await import(path)) as { traceFileExtensions: string[] };
    const offers = Object.values(manifest.contributes?.menus ?? {})
      .flat()
      .flatMap(({ when = '' }) => /resourceExtname =~ [^(]*\(([^)]*)\)/.exec(when)?.[1] ?? []);
    expect(offers).toHaveLength(2);
    for (const offer of offers) expect(offer.split('|')).toEqual([...traceFileExtensions]);
  });

  test('that menus, keys, views and walkthroughs name exist', async () => {
    const texts = manifestText + (await readText('package.nls.json'));
    const translated = await readText('package.nls.zh-cn.json');
    const named = [
      ...manifestText.matchAll(/"command": "([^"]+)"/g),
      ...(texts + translated).matchAll(/(?:command:|onCommand:)(rpaTrace[\w.]+)/g),
    ].map(([, id]) => id ?? '');
    const ours = named.filter((id) => id.startsWith('rpaTrace.'));
    expect(ours.filter((id) => !commands.includes(id))).toEqual([]);
  });

  test('that steps of the walkthrough wait for are keys that the extension sets', async () => {
    const path = join(repositoryRoot, 'src/host/ids.ts');
    const { contextKeys } = (await import(path)) as { contextKeys: Record<string, string> };
    const steps = (manifest.contributes?.walkthroughs ?? []).flatMap(({ steps }) => steps);
    expect(steps.length).toBeGreaterThan(0);
    for (const { id, completionEvents } of steps) {
      const contexts = completionEvents.filter((event) => event.startsWith('onContext:'));
      const keys = contexts.join().match(/rpaTrace\.\w+/g) ?? [];
      // A command is one way of several: buttons of the panel, a notification and npm start run none.
      // What was true before VS Code looked at the walkthrough is never ticked by itself: the step’s own button does it.
      expect([id, completionEvents.length - contexts.length]).toEqual([id, 1]);
      expect([id, keys.filter((key) => !Object.values(contextKeys).includes(key))]).toEqual([
        id,
        [],
      ]);
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  test('have our prefix', () => {
    expect([...commands, ...settings].filter((id) => !id.startsWith('rpaTrace.'))).toEqual([]);
  });
});

describe('context menus', () => {
  const offered = manifest.contributes?.menus?.['webview/context'] ?? [];

  test('stand in the panel alone, on what they are for', () => {
    const place =
      /^webviewId (?:== 'rpaTrace\.panel'|=~ \/\^rpaTrace\\\.\(panel\|traceFile\)\$\/) && webviewSection == '(execution|step|value|problem)'/;
    expect(offered.filter(({ when = '' }) => !place.test(when))).toEqual([]);
  });

  test('offer a link where it leads others there', () => {
    const links = offered.filter(({ command }) => command === 'rpaTrace.copyLink');
    expect(links).toHaveLength(3);
    for (const { when } of links) expect(when).toContain(' && sourceHasLinks');
  });

  test('have commands that mean nothing without a click, hidden from the palette', async () => {
    const files = ['contextCommands', 'problemCommands'];
    const source = (await Promise.all(files.map((name) => readText(`src/host/${name}.ts`)))).join();
    const { commandIds } = (await import(join(repositoryRoot, 'src/host/ids.ts'))) as {
      commandIds: Record<string, string>;
    };
    const ids = [...source.matchAll(/\[commandIds\.(\w+)\]/g)].map(([, k = '']) => commandIds[k]);
    const hidden = (manifest.contributes?.menus?.['commandPalette'] ?? []).filter(
      ({ when }) => when === 'false',
    );
    // A lens, a hover or a problem gives them what they are about.
    const ofEditor = ['selectNode', 'copyProblem', 'openFormattedCopy'].map(
      (key) => commandIds[key],
    );
    expect(hidden.map(({ command }) => command).sort()).toEqual([...ids, ...ofEditor].sort());
    expect(ids.filter((id) => !offered.some(({ command }) => command === id))).toEqual([]);
  });
});

describe('keys', () => {
  const bound = manifest.contributes?.keybindings ?? [];

  test('work in the flow file and in the panel, and take nothing from a terminal', () => {
    const faults = bound.filter(({ when = '' }) => !when.startsWith('!terminalFocus && '));
    expect(faults).toEqual([]);
    const beside = bound.filter(({ command }) => command !== 'rpaTrace.openPanel');
    expect(
      beside.filter(({ when = '' }) => !when.includes(`activeWebviewPanelId == 'rpaTrace.panel'`)),
    ).toEqual([]);
  });
});

describe('what the panel offers too', () => {
  const same = [
    'Connect to Kafka…',
    'Open Trace Files…',
    'Play Sample Robot',
    'Open Dashboard',
    'Open Trace Panel',
    'Disconnect',
    'Show Log',
    'Save This Execution…',
  ];

  test.each(same)('%s has one name everywhere', async (text) => {
    const english = (await readJson('package.nls.json')) as Record<string, string>;
    const chinese = (await readJson('package.nls.zh-cn.json')) as Record<string, string>;
    const key = Object.keys(english).find((name) => english[name] === text) ?? '';
    const { texts } = await readTranslations(repositoryRoot, 'zh-cn');
    expect(texts.get(text)?.text).toBe(chinese[key]);
  });
});

describe('texts of the manifest', () => {
  const keys = [...new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key))];

  test.each(['package.nls.json', 'package.nls.zh-cn.json'])(
    '%s has each, and no other',
    async (path) => {
      const texts = (await readJson(path)) as Record<string, string>;
      expect(Object.keys(texts).sort()).toEqual(keys.sort());
      expect(Object.keys(texts).filter((key) => texts[key]?.trim() === '')).toEqual([]);
    },
  );

  test('placeholders agree', async () => {
    const english = (await readJson('package.nls.json')) as Record<string, string>;
    const chinese = (await readJson('package.nls.zh-cn.json')) as Record<string, string>;
    const of = (text = '') => placeholders(text).join();
    expect(keys.filter((key = '') => of(english[key]) !== of(chinese[key]))).toEqual([]);
  });

  test.each(['title', 'description', 'markdownDescription', 'category', 'name', 'shortTitle'])(
    'every %s is a key',
    (field) => {
      const values = manifestText.matchAll(new RegExp(`"(${field})": "([^%"][^"]*)"`, 'g'));
      // Names are the same in every language.
      const names = ['rpa-trace', 'RPA Trace'];
      const bare = [...values]
        .map(([, , text]) => text ?? '')
        .filter((text) => !names.includes(text));
      expect(bare).toEqual([]);
    },
  );
});

describe('settings', () => {
  test('are those of the table in the README', async () => {
    const rows = (await readText('README.md')).matchAll(/^\|\s*`(rpaTrace\.[\w.]+)`/gm);
    expect([...rows].map(([, id]) => id).sort()).toEqual(settings);
  });

  test('are those that the host reads', async () => {
    const files = ['settings', 'otlp', 'editor/editorSettings'].map(
      (name) => `src/host/${name}.ts`,
    );
    const source = (await Promise.all(files.map(readText))).join('\n');
    const read = source.matchAll(
      /\b(?:get(?:<[^(]*>)?|text|joinedTexts)\((?:vscode,)?\s*'([\w.]+)'/g,
    );
    const keys = new Set([...read].map(([, key]) => `rpaTrace.${key ?? ''}`));
    expect([...keys].sort()).toEqual(settings);
  });

  test('that an untrusted workspace may not set exist', () => {
    const restricted = manifest.capabilities?.untrustedWorkspaces?.restrictedConfigurations ?? [];
    expect(restricted.filter((id) => !settings.includes(id))).toEqual([]);
  });

  test('that weaken safety, or take memory, are not for any workspace', () => {
    const users = settings.filter((id) =>
      ['machine', 'application'].includes(properties[id]?.scope ?? ''),
    );
    expect(users).toEqual(
      settings.filter((id) =>
        /largeValues|history\.[dm]|allowReveal|rejectUnauthorized|\.max/.test(id),
      ),
    );
  });

  test.each(['package.nls.json', 'package.nls.zh-cn.json'])('say so in %s', async (path) => {
    const texts = (await readJson(path)) as Record<string, string>;
    const said = /not in a workspace|工作区无法更改/;
    const saying = settings.filter((id) =>
      said.test(texts[id.replace('rpaTrace', 'setting')] ?? ''),
    );
    const users = settings.filter((id) => /machine|application/.test(properties[id]?.scope ?? ''));
    expect(saying).toEqual(users);
  });

  test('that say where data goes, and how safely, are not for an untrusted workspace', () => {
    const restricted = manifest.capabilities?.untrustedWorkspaces?.restrictedConfigurations ?? [];
    const addresses = settings.filter((id) =>
      /broker|endpoint|tls|sasl|address|url|largeValues/i.test(id),
    );
    expect(addresses.filter((id) => !restricted.includes(id))).toEqual([]);
  });
});

describe('the package', () => {
  test('is typed for the oldest VS Code it runs in', () => {
    expect(`^${manifest.devDependencies['@types/vscode'] ?? ''}`).toBe(manifest.engines.vscode);
  });

  test('has the files that the manifest names', async () => {
    const media = [...manifestText.matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    const absent = await Promise.all(
      media.map((path) =>
        stat(join(repositoryRoot, path)).then(
          () => [],
          () => [path],
        ),
      ),
    );
    expect(absent.flat()).toEqual([]);
  });

  test('has an icon', () => {
    expect(manifest.icon).toBe('media/icon.png');
  });
});
