import { formatCount } from '../../src/texts/format.ts';
import { notListedText } from '../../src/texts/notListedText.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';

/** Which rows of a table one sees, and the way to others; nothing where one sees them all. */
export function TablePages(props: {
  page: number;
  pageRows: number;
  /** How many rows there are, of those that were looked for. */
  found: number;
  isFiltered: boolean;
  /** How many are not at hand. */
  more: number;
  onPage: (page: number) => void;
}) {
  const { page, pageRows, found, isFiltered, more, onPage } = props;
  const { state, t } = usePanel();
  const count = (value: number) => formatCount(value, state.language);
  const last = Math.max(0, Math.ceil(found / pageRows) - 1);
  if (last === 0 && !isFiltered && more === 0) return null;
  const first = page * pageRows;
  return (
    <div class="numbers-pages">
      {last > 0 && (
        <IconButton
          icon="chevron-left"
          label={t('Previous Page')}
          disabled={page === 0}
          onClick={() => {
            onPage(page - 1);
          }}
        />
      )}
      <span role="status">
        {found === 0
          ? t('Nothing matches.')
          : t(
              '{0} to {1} of {2}',
              ...[count(first + 1), count(Math.min(first + pageRows, found)), count(found)],
            )}
      </span>
      {last > 0 && (
        <IconButton
          icon="chevron-right"
          label={t('Next Page')}
          disabled={page === last}
          onClick={() => {
            onPage(page + 1);
          }}
        />
      )}
      {more > 0 && <span>{notListedText(more, state.language, t)}</span>}
    </div>
  );
}
