import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { ListWindow } from '../../src/protocol/list.ts';

type Fault = ListWindow['faults'][number];

/** Underlines the wrong words of the text field in it: in a copy of its text that lies below the field. */
export function FilterField(props: {
  value: string;
  faults: readonly Fault[];
  children: ComponentChildren;
}) {
  const copy = useRef<HTMLDivElement>(null);
  return (
    <div
      class="filter-field"
      onScrollCapture={({ target }) => {
        if (copy.current === null || !(target instanceof HTMLInputElement)) return;
        copy.current.scrollLeft = target.scrollLeft;
      }}
    >
      <div ref={copy} class="filter-copy" aria-hidden="true">
        {markedParts(props.value, props.faults).map(({ text, isWrong }, index) => (
          <span key={index} class={isWrong ? 'filter-wrong' : ''}>
            {text}
          </span>
        ))}
      </div>
      {props.children}
    </div>
  );
}

/** The text in parts, each right or wrong; faults stand in order and don't overlap. */
function markedParts(value: string, faults: readonly Fault[]) {
  const parts: { readonly text: string; readonly isWrong: boolean }[] = [];
  let at = 0;
  for (const { range } of faults) {
    if (range.from < at) continue;
    parts.push({ text: value.slice(at, range.from), isWrong: false });
    parts.push({ text: value.slice(range.from, range.to), isWrong: true });
    at = range.to;
  }
  parts.push({ text: value.slice(at), isWrong: false });
  return parts;
}
