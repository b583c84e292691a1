import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { FilterNotes } from '../filter/filterNotes.tsx';
import { usePanel } from '../panelContext.ts';
import { ExecutionList } from './executionList.tsx';
import { ListFoot } from './listFoot.tsx';
import { NewerPill } from './newerPill.tsx';
import { ScopeSwitch } from './scopeSwitch.tsx';
import { ToolCallSwitch } from './toolCallSwitch.tsx';

/** The list under its head, which counts what is newer: there it hides no row, and none moves when it comes. */
export function ListRegion(props: {
  /** Stands where the list would, when it is empty. */
  instead: ComponentChildren | null;
  onOpened?: () => void;
  /** The row that shall come into view; null: as it stands. */
  openedAt?: number | null;
}) {
  const { instead, onOpened, openedAt = null } = props;
  const { session } = usePanel();
  const toTop = useRef<(isByKey: boolean) => void>(() => undefined);
  return (
    <div
      class="list-region"
      onPointerMove={() => {
        session.list.setHold('pointer', true);
      }}
      onPointerLeave={() => {
        session.list.setHold('pointer', false);
      }}
    >
      <div class="list-head">
        <ScopeSwitch />
        {/* It comes and goes, and moves no button. */}
        <NewerPill
          onClick={(isByKey) => {
            toTop.current(isByKey);
          }}
        />
        <ToolCallSwitch />
      </div>
      {instead ?? (
        <ExecutionList
          toTop={toTop}
          openedAt={openedAt}
          {...(onOpened === undefined ? {} : { onOpened })}
        />
      )}
      <FilterNotes />
      <ListFoot />
    </div>
  );
}
