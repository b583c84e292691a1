/** Beside what is called by what it is: the id that tells it from its likes. Nothing beside a name of its own. */
export function RawId({ id }: { id: string }) {
  if (id === '') return null;
  return (
    <>
      {/* For who hears or copies it: two words. */} <code class="raw-id">{id}</code>
    </>
  );
}
