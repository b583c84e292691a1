/**
 * Tests in a real VS Code. A file under test/vscode/ begins with
 *
 *     const vscode = vscodeSuite();
 *
 * and each of its tests opens a workbench and drives it as a person would:
 *
 *     test('jumps to the failing step', async () => {
 *       const folder = await vscode.copyOf('test/fixtures/invoices');
 *       const workbench = await vscode.openWorkbench({ folder, theme: 'dark', locale: 'zh-cn' });
 *       await workbench.openFile('flow.yml');
 *       await workbench.runCommand('RPA Trace: Open Trace Panel');
 *       const panel = await workbench.panelFrame();
 *       await panel.getByRole('treeitem', { name: 'Click save' }).click();
 *       await expect.poll(() => workbench.inHost((api) => api.window.activeTextEditor?.selection.active.line)).toBe(41);
 *       await workbench.screenshot('jump');
 *     });
 *
 * A server serves a whole file, and a Chromium all files of a worker; a workbench takes about two seconds, and three of
 * the processor. Tests that need nothing fresh share one (`sharedWorkbench`).
 * Each `openWorkbench` finds a browser profile in which nothing is remembered, unless
 * `workbench.reload()` is used; the tests of a file share user data on the server (secrets, global
 * state). Workbenches close by themselves after each test. When a test fails, pictures of its
 * pages, their console and the server's log are in test-results/vscode/.
 *
 * RPA_TRACE_VSCODE=1.96 chooses the lowest VS Code that we support (on Node 20), `desktop` the
 * desktop one. Set RPA_TRACE_HEADED=1 to watch.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';

import { freePorts } from './childProcess.ts';
import { repositoryRoot, resultsFolder } from './paths.ts';
import { required } from './required.ts';
import { startVscode } from './runningVscode.ts';
import type { OpenOptions, RunningVscodeOptions, WorkbenchHome } from './runningVscode.ts';
import { screenshot, workbenchOf, type Workbench } from './workbench.ts';
import { keptPlaces, type OpenPage } from './workbenchPlaces.ts';

/** See the head of this file. */
export interface VscodeSuite {
  /** Without a folder an empty one is open. */
  openWorkbench(options?: Partial<OpenOptions>): Promise<Workbench>;
  /** The one that the tests of this file share, with its editors closed and a folder of its own; anew after a failure. */
  sharedWorkbench(
    folder: string,
    options?: Partial<OpenOptions>,
  ): Promise<{ readonly workbench: Workbench; readonly folder: string }>;
  /** Copies a folder of the repository to a temporary place with the same name, gone after the test. */
  copyOf(folder: string): Promise<string>;
}

/**
 * What the workbenches of the tests have of VS Code's own extensions: themes, the languages of what is opened, and what
 * formats it. The others are a sixth of what a start costs, and none of them is looked at.
 */
const neededBuiltins = [
  ...['theme-defaults', 'theme-modern-icons', 'theme-seti', 'json-language-features'],
  ...['json', 'yaml', 'markdown-basics', 'javascript', 'python'],
];

/** One for all test files of a worker, which share their modules: see `keptPlaces`. */
let home: WorkbenchHome | undefined;

async function homeOfWorker(): Promise<WorkbenchHome> {
  if (home !== undefined) return home;
  const [port = 0] = await freePorts(1);
  const places = keptPlaces(`http://127.0.0.1:${String(port)}/`);
  return (home = { places, port });
}

/**
 * Starts a real VS Code for the tests of the file that calls this at its top; see above. `allBuiltins`: with everything
 * that is VS Code's own, as a user has it.
 */
export function vscodeSuite({
  allBuiltins = false,
  ...options
}: RunningVscodeOptions & { readonly allBuiltins?: boolean } = {}): VscodeSuite {
  const running = required(
    async () => {
      const builtinExtensions = allBuiltins ? undefined : neededBuiltins;
      return startVscode({ builtinExtensions, ...options, home: await homeOfWorker() });
    },
    (it) => it.stop(),
  );
  const open = new Set<Opened>();
  const folders: string[] = [];
  let shared: { workbench: Workbench; opened: Opened; folder: string } | undefined;
  const temporaryFolder = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-test-'));
    folders.push(folder);
    return folder;
  };
  const closeAll = async () => {
    for (const { close } of open) await close();
    open.clear();
    for (const folder of folders.splice(0)) {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  const closeShared = async () => {
    if (shared === undefined) return;
    const { opened, folder } = shared;
    shared = undefined;
    open.add(opened);
    folders.push(dirname(folder));
    await closeAll();
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await keepEvidence(task.name, [...open, ...(shared === undefined ? [] : [shared.opened])]);
      await closeShared();
      await closeAll();
      // What a failure leaves in a browser nobody knows.
      await home?.places.close();
    }
    await closeAll();
  });
  afterAll(closeShared);
  const suite: VscodeSuite = {
    copyOf: async (folder) => {
      const copy = join(await temporaryFolder(), basename(folder));
      await cp(resolve(repositoryRoot, folder), copy, { recursive: true });
      return copy;
    },
    sharedWorkbench: async (of, options) => {
      if (shared === undefined) {
        const folder = await suite.copyOf(of);
        const before = new Set(open);
        const workbench = await suite.openWorkbench({ ...options, folder });
        const [opened] = [...open].filter((one) => !before.has(one));
        if (opened === undefined) throw new Error('The workbench is not among the open ones');
        open.delete(opened);
        folders.splice(folders.indexOf(dirname(folder)), 1);
        shared = { workbench, opened, folder };
      }
      const { workbench, folder } = shared;
      await workbench.runCommand('workbench.action.closeAllEditors');
      return { workbench, folder };
    },
    openWorkbench: async (wishes = {}) => {
      const { probe, open: openPage } = running();
      const folder = wishes.folder ?? (await temporaryFolder());
      const host = probe.expectHost();
      const { page, close } = await openPage({ ...wishes, folder });
      const seen = { page, console: listen(page), close };
      open.add(seen);
      const { expectHost } = probe;
      const workbench = await workbenchOf({ page, host, expectHost, closePage: close });
      const closeOnce = async () => {
        if (open.delete(whole)) await workbench.close();
      };
      const whole = { ...seen, close: closeOnce };
      open.delete(seen);
      open.add(whole);
      return { ...workbench, close: closeOnce };
    },
  };
  return suite;
}

type Opened = OpenPage & { readonly console: readonly string[] };

function listen(page: Page): readonly string[] {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`uncaught: ${error.stack ?? error.message}`));
  return lines;
}

async function keepEvidence(
  test: string,
  pages: readonly { readonly page: Page; readonly console: readonly string[] }[],
): Promise<void> {
  const name = test.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const folder = join(resultsFolder, 'vscode');
  await mkdir(folder, { recursive: true });
  for (const [index, { page, console }] of pages.entries()) {
    const path = `failed-${name}${index === 0 ? '' : `-${String(index + 1)}`}`;
    await screenshot(page, path).catch(() => undefined);
    await writeFile(join(folder, `${path}.console.txt`), console.join('\n'));
  }
}
