import { unknown } from '../../src/texts/format.ts';
import { usePanel } from '../panelContext.ts';

/** A figure or a time; where it isn't known a dash is drawn, and the word is read. */
export function Known({ text }: { text: string }) {
  const { t } = usePanel();
  if (text !== unknown) return <>{text}</>;
  return (
    <>
      <span aria-hidden="true">{text}</span>
      <span class="sr-only">{t('unknown')}</span>
    </>
  );
}
