import { useState } from 'preact/hooks';
import { formatCount } from '../../src/texts/format.ts';
import { type Title, titleText } from '../../src/texts/titles.ts';
import { Icon } from '../controls/icon.tsx';
import { RawId } from '../controls/rawId.tsx';
import { usePanel } from '../panelContext.ts';

/** A column: what a row shows there, and what it is sorted by. */
export interface Column<Row> {
  readonly id: string;
  readonly name: string;
  readonly text: (row: Row) => string;
  /** The id beside a text that is no name of its own; else empty. */
  readonly rawId?: (row: Row) => string;
  readonly value: (row: Row) => number | string | null;
  readonly isNumber?: boolean;
  /** Where its texts lead; null for a row that leads nowhere. */
  readonly onOpen?: (row: Row) => (() => void) | null;
  /** 0 to 1: drawn behind the text. */
  readonly share?: (row: Row) => number | null;
}

/** A column of what is called something: sorted by that, and where it is no name of its own, with the id. */
export function titled<Row>(title: (row: Row) => Title) {
  return {
    text: (row: Row) => title(row).name,
    rawId: (row: Row) => title(row).id,
    value: (row: Row) => titleText(title(row)),
  };
}

interface TableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** How many there are, where not all are at hand. */
  readonly total?: number;
}

/** As many as are taken in at a glance. */
const pageRows = 10;

/** A table that is sorted by what one clicks, page by page. */
export function NumbersTable<Row>({ caption, rows, keyOf, columns, total }: TableProps<Row>) {
  const { state, t } = usePanel();
  const [sorted, setSorted] = useState<{ readonly id: string; readonly by: 1 | -1 } | null>(null);
  const [page, setPage] = useState(0);
  const inOrder = sortedBy(
    rows,
    columns.find(({ id }) => id === sorted?.id),
    sorted?.by ?? 1,
  );
  const pages = Math.max(1, Math.ceil(rows.length / pageRows));
  const at = Math.min(page, pages - 1);
  const shown = inOrder.slice(at * pageRows, (at + 1) * pageRows);
  const count = (value: number) => formatCount(value, state.language);
  const turn = (column: Column<Row>) => {
    const first = column.isNumber === true ? -1 : 1;
    setSorted({ id: column.id, by: sorted?.id === column.id ? (sorted.by === 1 ? -1 : 1) : first });
    setPage(0);
  };
  return (
    <>
      <div class="numbers-table-room" tabIndex={0} role="region" aria-label={caption}>
        <table class="numbers-table">
          <caption class="sr-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  class={column.isNumber === true ? 'number' : ''}
                  aria-sort={sortOf(sorted, column.id)}
                >
                  <button
                    type="button"
                    onClick={() => {
                      turn(column);
                    }}
                  >
                    {column.name}
                    {sorted?.id === column.id && (
                      <Icon name={sorted.by === 1 ? 'arrow-up' : 'arrow-down'} />
                    )}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div class="numbers-pages">
          <button
            type="button"
            class="icon-button"
            aria-label={t('Previous Page')}
            title={t('Previous Page')}
            disabled={at === 0}
            onClick={() => {
              setPage(at - 1);
            }}
          >
            <Icon name="chevron-left" />
          </button>
          <span role="status">
            {t(
              '{0} to {1} of {2}',
              ...[count(at * pageRows + 1), count(at * pageRows + shown.length)],
              count(rows.length),
            )}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={t('Next Page')}
            title={t('Next Page')}
            disabled={at === pages - 1}
            onClick={() => {
              setPage(at + 1);
            }}
          >
            <Icon name="chevron-right" />
          </button>
          {total !== undefined && total > rows.length && (
            <span>{t('{0} more aren’t listed.', count(total - rows.length))}</span>
          )}
        </div>
      )}
    </>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const open = column.onOpen?.(row) ?? null;
  const text = column.text(row);
  const rawId = column.rawId?.(row) ?? '';
  const share = column.share?.(row) ?? null;
  return (
    <td
      class={column.isNumber === true ? 'number' : ''}
      title={titleText({ name: text, id: rawId })}
    >
      {share !== null && (
        <span
          class="cell-bar"
          style={{ width: `${Math.round(share * 100)}%` }}
          aria-hidden="true"
        />
      )}
      {open === null ? (
        <span class="cell-text">
          {text}
          <RawId id={rawId} />
        </span>
      ) : (
        <button type="button" class="link cell-text" onClick={open}>
          {text}
          <RawId id={rawId} />
        </button>
      )}
    </td>
  );
}

function sortOf(sorted: { readonly id: string; readonly by: 1 | -1 } | null, id: string) {
  if (sorted?.id !== id) return 'none';
  return sorted.by === 1 ? 'ascending' : 'descending';
}

/** What is not known stands at the end, whichever way. */
function sortedBy<Row>(
  rows: readonly Row[],
  column: Column<Row> | undefined,
  by: 1 | -1,
): readonly Row[] {
  if (column === undefined) return rows;
  const collator = new Intl.Collator();
  return [...rows].sort((a, b) => {
    const [one, other] = [column.value(a), column.value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return by * (one - other);
    return by * collator.compare(String(one), String(other));
  });
}
