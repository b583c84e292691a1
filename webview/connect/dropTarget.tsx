import { useEffect, useState } from 'preact/hooks';
import { mostDroppedBytes } from '../../src/protocol/dropped.ts';
import { formatBytes } from '../../src/texts/format.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';

/** Takes trace files that are dropped anywhere on the panel, and shows that it would. */
export function DropTarget() {
  const { state, session, t } = usePanel();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a child is told before leaving its parent.
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth++;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onLeave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    const open = async (files: readonly File[]) => {
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      if (bytes > mostDroppedBytes) {
        state.notice.value = t(
          'These files are too large to be dropped ({0}). Open them with “Open Trace Files…”.',
          formatBytes(bytes),
        );
        return;
      }
      const contents = await Promise.all(
        files.map(async (file) => ({
          name: file.name,
          bytes: new Uint8Array(await file.arrayBuffer()),
        })),
      );
      if (contents.length > 0) session.sources.openContents(contents);
    };
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop };
    for (const [name, listener] of Object.entries(listeners)) {
      document.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        document.removeEventListener(name, listener as EventListener);
      }
    };
  }, []);
  if (!isOver) return null;
  return (
    <div class="drop-target">
      <div class="drop-box">
        <Icon name="folder-opened" />
        {t('Drop to open as traces')}
      </div>
    </div>
  );
}
