import { useState } from 'preact/hooks';
import { csvOf } from '../../src/view/csv.ts';
import { arranged, type Column, fullText, type Table } from '../../src/view/tableColumns.ts';
import { Icon } from '../controls/icon.tsx';
import { RawId } from '../controls/rawId.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';
import { Sparkline } from './sparkline.tsx';
import { TablePages } from './tablePages.tsx';

/** As many as are taken in at a glance. */
const pageRows = 10;

type Sorted = { readonly id: string; readonly by: 1 | -1 } | null;

/** A table with its title and what it says in words, sorted by what one clicks, page by page, and saved as a file. */
export function NumbersTable<Row>(props: {
  table: Table<Row>;
  /** Where it has a title already. */
  hasTitle?: boolean;
  told?: string;
  /** By what, until somebody clicks. */
  sortedFirst?: Sorted;
}) {
  const { table, hasTitle = false, told = '', sortedFirst = null } = props;
  const { session, t } = usePanel();
  const [sorted, setSorted] = useState<Sorted>(sortedFirst);
  const [words, setWords] = useState('');
  const [page, setPage] = useState(0);
  const { title, rows, columns } = table;
  const inOrder = arranged(table, words, sorted);
  const at = Math.min(page, Math.max(0, Math.ceil(inOrder.length / pageRows) - 1));
  const shown = inOrder.slice(at * pageRows, (at + 1) * pageRows);
  return (
    <>
      <div class="numbers-table-head">
        {!hasTitle && <h2>{title}</h2>}
        {rows.length > pageRows && (
          <input
            type="search"
            class="numbers-words"
            placeholder={t('Filter')}
            aria-label={t('Filter “{0}”', title)}
            value={words}
            onInput={({ currentTarget }) => {
              setWords(currentTarget.value);
              setPage(0);
            }}
          />
        )}
        {rows.length > 0 && (
          <IconButton
            icon="save"
            label={t('Save “{0}” as CSV…', title)}
            onClick={() => {
              session.tell('saveTable', { name: table.id, text: csvOf(columns, inOrder) });
            }}
          />
        )}
      </div>
      {told !== '' && <p class="analysis-words">{told}</p>}
      {rows.length > 0 && (
        <div class="numbers-table-room" tabIndex={0} role="region" aria-label={title}>
          <table class="numbers-table">
            <caption class="sr-only">{title}</caption>
            <Head
              columns={columns}
              sorted={sorted}
              onSort={(next) => {
                setSorted(next);
                setPage(0);
              }}
            />
            <tbody>
              {shown.map((row) => (
                <tr key={table.keyOf(row)}>
                  {columns.map((column) => (
                    <Cell key={column.id} column={column} row={row} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <TablePages
        {...{ page: at, pageRows, found: inOrder.length, onPage: setPage }}
        isFiltered={words.trim() !== ''}
        more={Math.max(0, (table.total ?? 0) - rows.length)}
      />
    </>
  );
}

function Head<Row>(props: {
  columns: readonly Column<Row>[];
  sorted: Sorted;
  onSort: (sorted: Sorted) => void;
}) {
  const { columns, sorted, onSort } = props;
  const turned = ({ id, isNumber }: Column<Row>) => {
    const first = isNumber === true ? -1 : 1;
    return { id, by: sorted?.id === id ? ((sorted.by * -1) as 1 | -1) : first } as const;
  };
  return (
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
              title={column.tip}
              onClick={() => {
                onSort(turned(column));
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
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { session, t } = usePanel();
  const filter = column.filter?.(row) ?? null;
  const text = column.text(row);
  const rawId = column.rawId?.(row) ?? '';
  const share = column.share?.(row) ?? null;
  const step = column.step?.(row) ?? null;
  return (
    <td
      class={`${column.isNumber === true ? 'number' : ''} ${step === null ? '' : 'has-step'}`}
      title={fullText(column, row)}
    >
      {share !== null && (
        <span
          class="cell-bar"
          style={{ width: `${Math.round(share * 100)}%` }}
          aria-hidden="true"
        />
      )}
      {column.course !== undefined && <Sparkline values={column.course(row)} />}
      {filter === null ? (
        <span class="cell-text">
          {text}
          <RawId id={rawId} keepsEnd />
        </span>
      ) : (
        <button
          type="button"
          class="link cell-text"
          onClick={() => {
            session.showBehind(filter);
          }}
        >
          {text}
          <RawId id={rawId} keepsEnd />
        </button>
      )}
      {step !== null && (
        <IconButton
          icon="go-to-file"
          label={t('Go to Step in Flow')}
          onClick={() => {
            session.tell('revealNode', { ...step, preserveFocus: false });
          }}
        />
      )}
    </td>
  );
}

function sortOf(sorted: Sorted, id: string) {
  if (sorted?.id !== id) return 'none';
  return sorted.by === 1 ? 'ascending' : 'descending';
}
