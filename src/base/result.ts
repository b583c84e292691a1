/** The outcome of something that can fail in a way its caller has to handle. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A result that succeeded. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** A result that failed. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
