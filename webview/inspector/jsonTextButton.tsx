import type { JSX } from 'preact';
import { IconButton } from './iconButton.tsx';
import { useInspector } from './inspectorContext.ts';

/** Shows the JSON that a text holds as a tree, and the text again. */
export function JsonTextButton({
  choices: { pretty },
}: {
  readonly choices: { readonly pretty: Map<string, boolean> };
}): JSX.Element {
  const { t, redraw } = useInspector();
  const isPretty = pretty.get('') === true;
  return (
    <IconButton
      icon="json"
      label={t('Show JSON Text as Tree')}
      pressed={isPretty}
      onClick={() => {
        pretty.set('', !isPretty);
        redraw();
      }}
    />
  );
}
