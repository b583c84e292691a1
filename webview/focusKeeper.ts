/** Names an element over a reload of the page: a selector, and before it which of those it finds. */
export type FocusPlace = string;

/** How many elements back the focus finds its way; more leads to where nobody remembers having been. */
const kept = 16;

/** Where the focus goes when all is gone that had it: what is read first. */
const homes = [
  ...['.tree-rows', '.execution-rows', '.picker-button', '.connect-form .brokers', '.way'],
  '.page-actions vscode-button:last-child',
];

/** What can have the focus, where a group of them is looked through. */
const focusable = 'button, a[href], input, select, summary, [tabindex], vscode-button';

/** The groups in which the next is meant when one of them goes. */
const groups = '[role=toolbar], [role=group], .error-actions, .inspector-search';

/** An element that had the focus, and the group it stood in. */
interface Held {
  readonly element: HTMLElement;
  readonly group: HTMLElement | null;
  readonly index: number;
  /** What it stood in that can have the focus itself: a section of values. */
  readonly around: HTMLElement | null;
}

/**
 * Keeps the focus from being lost. When the window comes back it returns to the element that had it; when that
 * element goes away it passes on: to its neighbour in a group or what it stood in, else to what had it before, else to
 * what is read first.
 */
export class FocusKeeper {
  private readonly page: Document;
  private readonly remember: (place: FocusPlace) => void;
  /** What had it before the page began anew; asked for once. */
  private before: FocusPlace | null = null;
  private hasBegun = false;
  /** What is read first was not there yet; until the reader does something it takes the focus when it comes. */
  private isWaiting = false;
  private stopgap: HTMLElement | null = null;
  /** What had the focus, the last at the end. */
  private held: Held[] = [];
  /** What has it, or had it when the window was left; null where the reader let go of it. */
  private current: Held | null = null;

  constructor(page: Document, remember: (place: FocusPlace) => void) {
    this.page = page;
    this.remember = remember;
    page.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLElement && target !== page.body) this.take(target);
    });
    page.addEventListener('focusout', ({ relatedTarget }) => {
      // Asked behind the event: an element that is taken away is still there while it is told.
      if (relatedTarget === null) queueMicrotask(() => this.left());
    });
    page.defaultView?.addEventListener('focus', () => this.restore());
    for (const act of ['keydown', 'pointerdown']) {
      page.addEventListener(act, () => (this.isWaiting = false), true);
    }
    new MutationObserver(() => {
      if (this.current?.element.isConnected === false) this.restore();
      if (this.isWaiting) this.goOn();
    }).observe(page.body, { childList: true, subtree: true });
  }

  /** The page is drawn: the focus goes to what had it in the page before, as soon as the window has it. */
  begin(before: FocusPlace | null): void {
    this.before = before;
    this.hasBegun = true;
    this.restore();
  }

  private take(element: HTMLElement): void {
    const group = element.closest<HTMLElement>(groups);
    const index = group === null ? 0 : focusablesOf(group).indexOf(element);
    const around = element.parentElement?.closest<HTMLElement>('[tabindex]') ?? null;
    this.current = { element, group, index, around };
    this.held = this.held.filter((held) => held.element !== element && held.element.isConnected);
    this.held = [...this.held, this.current].slice(-kept);
    const place = placeOf(element);
    if (place !== null) this.remember(place);
  }

  /** The reader clicked where nothing can have the focus: then nothing has it. */
  private left(): void {
    if (this.page.hasFocus() && this.isLost() && this.current?.element.isConnected === true) {
      this.current = null;
    }
  }

  private isLost(): boolean {
    const { activeElement, body } = this.page;
    return activeElement === null || activeElement === body;
  }

  private restore(): void {
    // While another window has the focus it is not ours to give; this one asks again when it comes back.
    if (!this.hasBegun || !this.page.hasFocus() || !this.isLost()) return;
    const { current } = this;
    if (current !== null && (this.focus(current.element) || this.focusNear(current))) return;
    // What went away with it can't have it.
    if ([...this.held].reverse().some(({ element }) => this.focus(element))) return;
    if (!this.focusBefore()) this.goHome();
  }

  private focusBefore(): boolean {
    const { before } = this;
    this.before = null;
    if (before === null) return false;
    const [index = '', ...selector] = before.split(' ');
    const found = this.page.querySelectorAll(selector.join(' ') || 'none');
    const element = found[Number(index)] ?? found[0];
    return element instanceof HTMLElement && this.focus(element);
  }

  private focusNear({ group, index, around }: Held): boolean {
    const all = group?.isConnected === true ? focusablesOf(group) : [];
    const nearest = [...all.slice(index), ...all.slice(0, index).reverse()];
    return [...nearest, ...(around === null ? [] : [around])].some((next) => this.focus(next));
  }

  private goHome(): void {
    this.isWaiting = true;
    this.stopgap = null;
    for (const home of homes) {
      const element = this.page.querySelector<HTMLElement>(home);
      if (element === null || !this.focus(element)) continue;
      this.isWaiting = home !== homes[0];
      this.stopgap = element;
      return;
    }
  }

  private goOn(): void {
    if (!this.page.hasFocus()) return;
    if (this.isLost()) {
      this.goHome();
      return;
    }
    if (this.page.activeElement !== this.stopgap) return;
    const first = this.page.querySelector<HTMLElement>(homes[0] ?? '');
    if (first !== null && this.focus(first)) this.isWaiting = false;
  }

  /** Answers whether it has the focus now. */
  private focus(element: HTMLElement): boolean {
    if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true }))
      return false;
    element.focus({ preventScroll: true });
    return this.page.activeElement === element;
  }
}

function focusablesOf(group: HTMLElement): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>(focusable)];
}

/** Its id, or its first class: what is drawn again is found by it. Null where it has neither. */
function placeOf(element: HTMLElement): FocusPlace | null {
  const name = element.id === '' ? element.classList[0] : element.id;
  if (name === undefined) return null;
  const selector = `${element.id === '' ? '.' : '#'}${CSS.escape(name)}`;
  const index = [...element.ownerDocument.querySelectorAll(selector)].indexOf(element);
  return `${String(index)} ${selector}`;
}
