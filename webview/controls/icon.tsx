/** A codicon, which says nothing to a screen reader: the text beside it does. */
export function Icon({ name, spin = false }: { name: string; spin?: boolean }) {
  const spinning = spin ? ' codicon-modifier-spin' : '';
  return <span class={`codicon codicon-${name}${spinning}`} aria-hidden="true" />;
}
