import { maskMark } from '../trace/masked.ts';
import type { Boundary } from './callSite.ts';
import type { Execution } from './execution.ts';
import { beginRun } from './nodeRun.ts';
import type { NodeRun } from './nodeRun.ts';
import { actionsOfLocator, actionsOfPage, makersOfLocators } from './pageActions.ts';
import type { PageAction } from './pageActions.ts';
import { scopes } from './traceContext.ts';

/** What is used of a page of Playwright, or of `playwright-core`, whatever its version. */
export interface TracedPage {
  /** The address that is open. */
  url(): string;
  /** A picture of what is seen. */
  screenshot(options: {
    readonly type: 'jpeg';
    readonly quality: number;
    readonly timeout: number;
    readonly scale: 'css';
  }): Promise<Uint8Array>;
}

/** What is recorded of a page. */
export interface TracePageOptions {
  /**
   * Whether a step that fails has a screenshot. What a page shows is in it: turn it off where that is secret.
   * Default: yes.
   */
  readonly screenshots?: boolean | undefined;
  /** Whether texts that are typed are recorded; those of password fields never are. Default: yes. */
  readonly values?: boolean | undefined;
}

/** A robot in trouble must not wait long for its picture. */
const screenshotMs = 5_000;
const passwordMs = 500;
const longestText = 1_000;

/** Objects of Playwright that are traced already. */
const traced = new WeakSet();

/**
 * Traces what is done with a page: each of its steps, and of its locators', is a node of the execution in which it
 * is done, with its selector and its values; one that fails has a screenshot. Gives the page back.
 *
 *     const page = tracePage(await browser.newPage());
 */
export function tracePage<Page extends TracedPage>(
  page: Page,
  options: TracePageOptions = {},
): Page {
  if (traced.has(page)) return page;
  traced.add(page);
  // In JavaScript they may be null.
  const { screenshots = true, values = true } = (options as TracePageOptions | null) ?? {};
  const context: PageContext = { page, screenshots, values };
  addActions(page, actionsOfPage, context, () => undefined);
  addMakers(page, context);
  return page;
}

interface PageContext {
  readonly page: TracedPage;
  readonly screenshots: boolean;
  readonly values: boolean;
}

/** A locator's text is the way to it. */
interface Shown {
  toString: () => string;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** On the object itself: Playwright knows its objects by their identity, so none may stand in their place. */
function replace(target: object, name: string, make: (method: Method) => Method): void {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') return;
  const value = make(method as Method);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** Each method that gives a locator gives one that is traced as well. */
function addMakers(target: object, context: PageContext): void {
  for (const name of makersOfLocators) {
    replace(
      target,
      name,
      (method) =>
        function make(...args) {
          const made = method.apply(this, args);
          if (typeof made === 'object' && made !== null && !(made instanceof Promise)) {
            traceLocator(made, context);
          }
          return made;
        },
    );
  }
}

function traceLocator(locator: Shown, context: PageContext): void {
  if (traced.has(locator)) return;
  traced.add(locator);
  addActions(locator, actionsOfLocator, context, () => locator.toString());
  addMakers(locator, context);
}

function addActions(
  target: object,
  actions: Readonly<Record<string, PageAction>>,
  context: PageContext,
  targetName: () => string | undefined,
): void {
  for (const [name, action] of Object.entries(actions)) {
    replace(
      target,
      name,
      (method) =>
        function act(...args) {
          const scope = scopes().getStore();
          if (scope === undefined) return method.apply(this, args);
          const what = nameIn(targetName) ?? (action.target === undefined ? '' : textOf(args[0]));
          const run = beginRun(scope, nodeOf(name, what), inputOf(action, what), act);
          if (run === undefined) return method.apply(this, args);
          return played(run, () => method.apply(this, args), {
            ...{ context, action, args, boundary: act },
            locator: nameIn(targetName) === undefined ? undefined : target,
          });
        },
    );
  }
}

/** What the page's own object says it is. */
function nameIn(targetName: () => string | undefined): string | undefined {
  try {
    return targetName();
  } catch {
    return '';
  }
}

interface Step {
  readonly context: PageContext;
  readonly action: PageAction;
  readonly args: readonly unknown[];
  /** Undefined for a step of the page itself. */
  readonly locator: object | undefined;
  readonly boundary: Boundary;
}

/** Runs a step; what is recorded beside it never changes how it ends. */
async function played(run: NodeRun, act: () => unknown, step: Step): Promise<unknown> {
  const { context, action } = step;
  const { node } = run.begun;
  let result: unknown;
  try {
    result = await run.run(act);
  } catch (error) {
    // The password first: whatever else fails, nothing that follows may say it.
    if (action.value === 'text') await quietly(run, () => hidePassword(run, step));
    await quietly(run, () => {
      node.info(`at ${context.page.url()}`);
    });
    if (context.screenshots) await attachScreenshot(run, context);
    run.fail(error);
    throw error;
  }
  if (action.value !== undefined) await quietly(run, () => recordValue(run, step));
  run.end(action.gives === true ? { result: textOf(result) } : undefined);
  return result;
}

/** What is asked of the page beside the step may fail, which says nothing of the step. */
async function quietly(run: NodeRun, ask: () => unknown): Promise<void> {
  try {
    await ask();
  } catch (error) {
    run.begun.scope.execution.fault('the page', error);
  }
}

/** What was typed or chosen; a text only once it is known that it is no password. */
async function recordValue(run: NodeRun, step: Step): Promise<void> {
  const { log } = run.begun.node;
  const { context, action } = step;
  const given = givenIn(step);
  if (given === undefined) return;
  if (action.value === 'text' && (await hidePassword(run, step))) {
    log.appendInputData('password', maskMark);
  } else if (context.values) {
    log.appendInputData('value', action.value === 'key' ? keyOf(given) : textOf(given));
  }
}

/** Hides the text that was typed, if it is a password: Playwright's errors say it. */
async function hidePassword(run: NodeRun, step: Step): Promise<boolean> {
  const given = givenIn(step);
  if (typeof given !== 'string') return false;
  const { execution } = run.begun.scope;
  const isSecret = await isPassword(step, execution);
  if (isSecret || !step.context.values) execution.hide(given);
  return isSecret;
}

function givenIn({ args, locator }: Step): unknown {
  return args[locator === undefined ? 1 : 0];
}

/** A key that writes a sign could be one of a password. */
function keyOf(given: unknown): string {
  const key = textOf(given);
  return key.length > 1 ? key : maskMark;
}

/** What is asked of a field. */
interface Field {
  readonly type?: unknown;
  readonly name?: unknown;
  readonly id?: unknown;
  readonly placeholder?: unknown;
  readonly autocomplete?: unknown;
  readonly ariaLabel?: unknown;
  readonly labels?: Iterable<{ readonly textContent: unknown }> | null;
}

interface Evaluating {
  evaluate(
    work: (element: Field) => unknown,
    argument: undefined,
    options: { readonly timeout: number },
  ): Promise<unknown>;
}

const secretField =
  /passw|passphrase|passcode|\bpin\b|\botp\b|one-time-code|\bcc-(?:number|csc)|secret|token|密码|口令|验证码/i;

/** Whether a field hides what is typed, by its type or whatever names it; one that can't be asked is taken to. */
async function isPassword(
  { context: { page }, locator, args: [selector] }: Step,
  execution: Execution,
): Promise<boolean> {
  try {
    if (secretField.test(locator === undefined ? textOf(selector) : (locator as Shown).toString()))
      return true;
    const { locator: find } = page as TracedPage & {
      readonly locator?: (this: TracedPage, selector: string) => object;
    };
    const field = (locator ?? find?.call(page, String(selector))) as Evaluating | undefined;
    const names = await field?.evaluate(namesOf, undefined, { timeout: passwordMs });
    if (!Array.isArray(names)) return true;
    return names.map(String).some((name) => secretField.test(name) || execution.hides(name));
  } catch {
    return true;
  }
}

/** Runs in the page: nothing from here is there. */
function namesOf(field: Field): string[] {
  const { type, name, id, placeholder, autocomplete, ariaLabel, labels } = field;
  const texts = Array.from(labels ?? [], ({ textContent }) => textContent);
  const names = [type, name, id, placeholder, autocomplete, ariaLabel, ...texts];
  return names.flatMap((text) => (typeof text === 'string' ? text.slice(0, 200) : []));
}

async function attachScreenshot(
  { begun: { node } }: NodeRun,
  { page }: PageContext,
): Promise<void> {
  try {
    const options = { type: 'jpeg', quality: 60, timeout: screenshotMs, scale: 'css' } as const;
    node.attach('screenshot', await page.screenshot(options));
  } catch (error) {
    // The page may be gone, which may be why the step failed.
    node.info(`no screenshot: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function nodeOf(action: string, what: string): { readonly id: string; readonly name: string } {
  const name = what === '' ? action : `${action} ${what}`;
  return { id: `page::${name}`, name };
}

function inputOf(action: PageAction, what: string): Readonly<Record<string, unknown>> {
  return action.target === undefined || what === '' ? {} : { [action.target]: what };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : shown(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** Playwright's own objects say what they are; others are told as JSON. */
function shown(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  try {
    // A function and a symbol have none, whatever the type says.
    const text = JSON.stringify(value) as string | undefined;
    return text ?? '';
  } catch {
    return '';
  }
}
