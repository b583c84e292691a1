import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** Something that axe-core, or the measure of what is no text, finds wrong. */
export interface Violation {
  readonly rule: string;
  /** The element, as axe-core writes it. */
  readonly target: string;
  readonly html: string;
  readonly why: string;
}

let source: string | null = null;

/** Brings axe-core into a page. It is evaluated from outside, so that the page's policy stays as it is. */
export async function injectAxe(page: Page): Promise<void> {
  source ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
}

/** Looks at a part of the page, or at all of it; with all rules, or with those alone that a theme can change. */
export async function audit(
  page: Page,
  part: string | null,
  rules: 'all' | 'colours',
): Promise<Violation[]> {
  return page.evaluate(auditInPage, { part, rules });
}

/** Runs in the page. */
async function auditInPage(given: {
  part: string | null;
  rules: 'all' | 'colours';
}): Promise<Violation[]> {
  interface Check {
    readonly target: readonly unknown[];
    readonly html: string;
    readonly any: readonly { readonly message: string }[];
    readonly failureSummary?: string;
  }
  interface Colour {
    alpha: number;
    parseString(text: string): void;
    toHexString(): string;
  }
  interface Axe {
    run(
      root: object,
      options: object,
    ): Promise<{
      violations: readonly { readonly id: string; readonly nodes: readonly Check[] }[];
    }>;
    readonly commons: {
      readonly color: {
        getContrast(one: Colour, other: Colour): number;
        readonly Color: new (red: number, green: number, blue: number, alpha: number) => Colour;
        flattenColors(front: Colour, back: Colour): Colour;
      };
    };
  }
  const { axe } = window as unknown as { axe: Axe };
  const roots = given.part === null ? [document.body] : [...document.querySelectorAll(given.part)];
  const { violations } = await axe.run(roots, {
    resultTypes: ['violations'],
    ...(given.rules === 'colours' ? { runOnly: ['color-contrast'] } : {}),
  });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary = '' }) => ({
      ...{ rule: id, target: target.join(' '), html: html.slice(0, 200) },
      why: failureSummary.replaceAll(/\s+/g, ' '),
    })),
  );
  const { Color } = axe.commons.color;
  const faint = [...marks(), ...lines()].flatMap(({ element, colour, opacity, least }) => {
    const back = backOf(element);
    const contrast = axe.commons.color.getContrast(back, over(parse(colour, opacity), back));
    if (contrast >= least) return [];
    return {
      ...{ rule: 'non-text-contrast', target: pathOf(element) },
      html: element.outerHTML.slice(0, 200),
      why: `${contrast.toFixed(2)} instead of ${String(least)}: ${colour} on ${back.toHexString()}`,
    };
  });
  return [...found, ...faint];

  function parse(text: string, opacity: number): Colour {
    const colour = new Color(0, 0, 0, 0);
    colour.parseString(text);
    colour.alpha *= opacity;
    return colour;
  }
  function over(front: Colour, back: Colour): Colour {
    return axe.commons.color.flattenColors(front, back);
  }
  /** What lies behind an element: the grounds of all that is around it. */
  function backOf(element: Element): Colour {
    const around: Element[] = [];
    for (let at: Element | null = element; at !== null; at = at.parentElement) around.unshift(at);
    return around.reduce(
      (back, at) => over(parse(getComputedStyle(at).backgroundColor, 1), back),
      new Color(255, 255, 255, 1),
    );
  }

  /** What is drawn and is no text: icons and bars. */
  function marks() {
    const all = roots.flatMap((root) => [
      ...root.querySelectorAll<HTMLElement>('.codicon, .tree-bar'),
    ]);
    return all.filter(isSeen).map((element) => {
      const isBar = element.classList.contains('tree-bar');
      const style = getComputedStyle(element, isBar ? null : '::before');
      // Of what goes on a part is drawn as a slope into nothing.
      const colour = isBar ? style.getPropertyValue('--tree-bar-color') : style.color;
      return {
        ...{ element: isBar ? (element.parentElement ?? element) : element, least: 3 },
        ...{ colour, opacity: opacityOf(element) },
      };
    });
  }
  /** Lines that say something: what is chosen, what is wrong, what has the focus. Others only part. */
  function lines() {
    const meaning: readonly (readonly [selector: string, line: 'outline' | 'left' | 'bottom'])[] = [
      ['.inspector-tab[aria-selected=true]', 'bottom'],
      ['.why-card, .inspector-finding, .inspector-error, .connection-mark', 'left'],
      [':focus-visible', 'outline'],
    ];
    return meaning.flatMap(([selector, line]) =>
      roots
        .flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)])
        .filter(isSeen)
        .flatMap((element) => {
          const style = getComputedStyle(element);
          const prefix = line === 'outline' ? line : `border-${line}`;
          const [width, kind, colour] = (['width', 'style', 'color'] as const).map((part) =>
            style.getPropertyValue(`${prefix}-${part}`),
          ) as [string, string, string];
          // Some say it by another line, which the tests of the focus look at.
          if (kind === 'none' || width === '0px' || parse(colour, 1).alpha === 0) return [];
          const behind = element.parentElement ?? element;
          return [{ element: behind, least: 3, colour, opacity: opacityOf(element) }];
        }),
    );
  }
  function isSeen(element: HTMLElement): boolean {
    if (element.closest(':disabled, [aria-disabled=true], [disabled]') !== null) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    return at !== null && (element.contains(at) || at.contains(element)) && opacityOf(element) > 0;
  }
  function opacityOf(element: Element | null): number {
    let opacity = 1;
    for (let at = element; at !== null; at = at.parentElement) {
      opacity *= Number(getComputedStyle(at).opacity);
    }
    return opacity;
  }
  function pathOf(element: Element): string {
    const names: string[] = [];
    for (let at: Element | null = element; at !== null && names.length < 4; at = at.parentElement) {
      names.unshift(`${at.localName}.${[...at.classList].join('.')}`);
    }
    return names.join(' > ');
  }
}
