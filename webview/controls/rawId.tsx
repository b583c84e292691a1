/** By what ids differ that were given one after the other. */
const endLength = 6;

/**
 * Beside what is called by what it is: the id that tells it from its likes. Nothing beside a name of its own. Where there
 * is no room, `keepsEnd` leaves out the middle: in a table of flows all begin alike.
 */
export function RawId({ id, keepsEnd = false }: { id: string; keepsEnd?: boolean }) {
  if (id === '') return null;
  const signs = Array.from(id);
  return (
    <>
      {/* For who hears or copies it: two words. */}{' '}
      {keepsEnd ? (
        <code class="raw-id keeps-end">
          <span class="raw-id-begin">{signs.slice(0, -endLength).join('')}</span>
          <span>{signs.slice(-endLength).join('')}</span>
        </code>
      ) : (
        <code class="raw-id">{id}</code>
      )}
    </>
  );
}
