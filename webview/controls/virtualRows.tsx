import type { ComponentChildren, HTMLAttributes, JSX, RefObject } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import './rows.css';
import {
  pageAround,
  placeAt,
  rowsMoved,
  scrolledTo,
  scrollHeight,
  topToShow,
  visibleRange,
  type ListGeometry,
  type RowRange,
  type ScrollPlace,
} from '../../src/view/windowRange.ts';

/** What can be asked of a list from outside. */
export interface VirtualRowsHandle {
  /** Brings a row into view, in the middle when `centre` is set; stays where it is when it is seen already. */
  show(row: number, centre: boolean): void;
  /** Whole rows that are seen at a time. */
  rowsPerPage(): number;
  /** The first row that is seen. */
  firstRow(): number;
  focus(): void;
}

/** A long list of which only a page is at hand. */
export interface VirtualRowsProps<Row> {
  readonly total: number;
  readonly rowHeight: number;
  /** Position of the first row at hand among all. */
  readonly start: number;
  readonly rows: readonly Row[];
  /** Names a row while its position changes. */
  readonly rowKey: (row: Row) => string;
  /** Gives an element of `rowHeight` with the row's key. */
  readonly renderRow: (row: Row, index: number) => JSX.Element;
  /** Rows are missing: gives the page that is wanted. Asked again only after other rows came. */
  readonly onRange: (offset: number, limit: number) => void;
  readonly handle?: RefObject<VirtualRowsHandle | null>;
  /** First row to be seen at the beginning. */
  readonly initialRow?: number;
  /** At the top, stay there when rows come in above, instead of keeping what is seen in its place. */
  readonly stickToTop?: boolean;
  /** Stays above the rows. */
  readonly header?: ComponentChildren;
  readonly headerHeight?: number;
  readonly className?: string;
  /** Role, label, tab stop, key handlers… of the element that scrolls. */
  readonly attributes?: HTMLAttributes<HTMLDivElement>;
}

const overscan = 5;
/** Rows asked for at a time: some screens, and still a small message. */
const pageSize = 200;
/** How near to the end of the page more rows are asked for. */
const margin = 40;

/** Draws the rows that are seen and a few more; rows in view keep their place when others come or go. */
export function VirtualRows<Row>(props: VirtualRowsProps<Row>): JSX.Element {
  const { total, rowHeight, start, rows, rowKey, header, headerHeight = 0 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef(new ListPlace()).current;
  const [, redraw] = useReducer((count: number) => count + 1, 0);

  list.follow({ total, rowHeight, viewport: list.viewport }, start, rows, rowKey, props);
  const range = visibleRange(list.place.top, list.geometry, overscan);
  list.drawn = range;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null) list.applyTo(element);
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      if (list.resize(element.clientHeight - headerHeight)) redraw(0);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [headerHeight, list]);

  useEffect(() => {
    const element = scroller.current;
    // A wheel turns by pixels. The browser's own way to let it rest at a row keeps what is drawn in place, and of a long
    // list most rows are not.
    const rest = () => {
      const top = list.restingPlace();
      if (top !== null) element?.scrollTo({ top, behavior: isStill() ? 'instant' : 'smooth' });
    };
    element?.addEventListener('scrollend', rest);
    return () => element?.removeEventListener('scrollend', rest);
  }, [list]);

  useEffect(() => {
    const page = list.missing(start, rows.length);
    if (page !== null) props.onRange(page.first, page.end - page.first);
  });

  useImperativeHandle(
    props.handle ?? null,
    () => ({
      show: (row, centre) => {
        list.show(row, centre);
        redraw(0);
      },
      rowsPerPage: () => Math.max(1, Math.floor(list.viewport / list.geometry.rowHeight)),
      firstRow: () => Math.round(list.place.top / list.geometry.rowHeight),
      focus: () => scroller.current?.focus({ preventScroll: true }),
    }),
    [list],
  );

  return (
    <div
      {...props.attributes}
      ref={scroller}
      class={`rows-scroller ${props.className ?? ''}`}
      onScroll={({ currentTarget }) => {
        if (list.scrolled(currentTarget.scrollTop)) redraw(0);
      }}
    >
      {header}
      <div
        role="presentation"
        class="rows-spacer"
        style={{ height: `${scrollHeight(list.geometry)}px` }}
      >
        <div
          role="presentation"
          class="rows-window"
          style={{ top: `${range.first * rowHeight - list.place.shift}px` }}
        >
          {drawRows(range, props)}
        </div>
      </div>
    </div>
  );
}

/** Whether the reader wants nothing to move by itself: as the system says, or VS Code. */
function isStill(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    document.body.classList.contains('vscode-reduce-motion')
  );
}

function drawRows<Row>(
  range: RowRange,
  { start, rows, rowHeight, renderRow }: VirtualRowsProps<Row>,
): JSX.Element[] {
  const drawn: JSX.Element[] = [];
  for (let index = range.first; index < range.end; index++) {
    const row = rows[index - start];
    drawn.push(
      row === undefined ? (
        <div
          key={`missing ${index}`}
          class="rows-placeholder"
          aria-hidden="true"
          style={{ height: `${rowHeight}px` }}
        />
      ) : (
        renderRow(row, index)
      ),
    );
  }
  return drawn;
}

/** Where a list stands, over all its renderings. */
class ListPlace {
  /** A guess until it is measured, so that the first drawing has rows. */
  viewport = 600;
  geometry: ListGeometry = { total: 0, rowHeight: 1, viewport: 600 };
  place: ScrollPlace = { top: 0, shift: 0 };
  drawn: RowRange = { first: 0, end: 0 };
  private page: { start: number; keys: readonly string[] } | null = null;
  private source: unknown = null;
  private asked = '';
  private isDirty = false;

  /** Takes new rows over; what is seen stays in its place. */
  follow<Row>(
    geometry: ListGeometry,
    start: number,
    rows: readonly Row[],
    rowKey: (row: Row) => string,
    options: { readonly initialRow?: number; readonly stickToTop?: boolean },
  ): void {
    const before = this.page;
    this.geometry = geometry;
    if (this.source === rows && before?.start === start) {
      // The number of rows alone can change when pages of another part are awaited.
      this.clamp();
      return;
    }
    this.source = rows;
    this.asked = '';
    this.page = { start, keys: rows.map(rowKey) };
    if (before === null) {
      this.moveTo((options.initialRow ?? 0) * geometry.rowHeight);
      return;
    }
    const isAtTop = options.stickToTop === true && this.place.top <= 0;
    const moved = isAtTop ? 0 : (rowsMoved(before, this.page, this.seen()) ?? 0);
    if (moved === 0) this.clamp();
    else this.moveTo(this.place.top + moved * geometry.rowHeight);
  }

  /** Tells whether other rows are seen than before. */
  scrolled(scrollTop: number): boolean {
    const { shift } = this.place;
    this.place = scrolledTo(this.place, scrollTop, this.geometry);
    this.isDirty ||= Math.abs(this.place.top - this.place.shift - scrollTop) > 1;
    const range = visibleRange(this.place.top, this.geometry, overscan);
    const isSame = range.first === this.drawn.first && range.end === this.drawn.end;
    return !isSame || this.place.shift !== shift || this.isDirty;
  }

  /** Tells whether the height changed. */
  resize(viewport: number): boolean {
    if (viewport <= 0 || viewport === this.viewport) return false;
    this.viewport = viewport;
    this.geometry = { ...this.geometry, viewport };
    this.clamp();
    return true;
  }

  /** Where the browser stands with the first row whole; null where it is. */
  restingPlace(): number | null {
    const { top, shift } = this.place;
    const { rowHeight } = this.geometry;
    const whole = placeAt(Math.round(top / rowHeight) * rowHeight, this.geometry).top;
    return Math.abs(whole - top) < 1 ? null : whole - shift;
  }

  show(row: number, centre: boolean): void {
    const top = topToShow(row, this.place.top, this.geometry, centre);
    if (top !== this.place.top) this.moveTo(top);
  }

  applyTo(element: HTMLElement): void {
    if (!this.isDirty) return;
    this.isDirty = false;
    element.scrollTop = this.place.top - this.place.shift;
  }

  /** The page to ask for; null when all that is seen is at hand or was asked for. */
  missing(start: number, count: number): RowRange | null {
    const { total } = this.geometry;
    if (total === 0) return null;
    const seen = this.seen();
    const first = Math.max(0, seen.first - margin);
    const end = Math.min(total, seen.end + margin);
    if (first >= start && end <= start + count) return null;
    const page = pageAround(seen, total, pageSize);
    const name = `${page.first} ${page.end}`;
    if (name === this.asked) return null;
    this.asked = name;
    return page;
  }

  private seen(): RowRange {
    return visibleRange(this.place.top, this.geometry, 0);
  }

  private clamp(): void {
    const { top } = placeAt(this.place.top, this.geometry);
    if (top !== this.place.top) this.moveTo(top);
  }

  private moveTo(top: number): void {
    this.place = placeAt(top, this.geometry);
    this.isDirty = true;
  }
}
