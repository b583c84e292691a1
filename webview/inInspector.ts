/** Whether the reader is in what the inspector shows: what he looks at doesn't change by itself. */
export function isInInspector(): boolean {
  return document.querySelector('.inspector')?.matches(':hover, :focus-within') === true;
}
