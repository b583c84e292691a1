import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { placeByKey } from './rowKeys.ts';

/** Buttons with one tab stop: arrows go from one to the next, and the one used last is come back to. */
export function Toolbar(props: { label: string; class: string; children: ComponentChildren }) {
  const root = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  // Those of an open menu are its own.
  const buttons = () => [
    ...(root.current?.querySelectorAll<HTMLElement>('button:not([role=menuitem])') ?? []),
  ];
  const makeStop = () => {
    const all = buttons();
    const stop = all.find((button) => button === last.current) ?? all[0];
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  };
  useLayoutEffect(makeStop);
  return (
    <div
      ref={root}
      class={props.class}
      role="toolbar"
      aria-label={props.label}
      onFocusIn={({ target }) => {
        if (!(target instanceof HTMLElement) || !buttons().includes(target)) return;
        last.current = target;
        makeStop();
      }}
      onKeyDown={(event) => {
        const all = buttons();
        const now = all.findIndex((button) => button === event.target);
        const next = now === -1 ? null : placeByKey(event.key, now, all.length);
        if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
        all[next]?.focus();
        event.preventDefault();
      }}
    >
      {props.children}
    </div>
  );
}
