/** Where Windows keeps its error numbers in an HRESULT, as it is written in hexadecimal. */
const win32Facility = 0x8007_0000;

/**
 * A pattern for error numbers of Windows, in all the forms in which programs write them: `[WinError 32]`, `(os error 5)`,
 * `0x80070020`, and the same as COM prints it in Python, a negative decimal. The bare number is none: it may be anything.
 */
export function windowsErrors(...numbers: readonly number[]): RegExp {
  const plain = numbers.join('|');
  const hexadecimal = numbers.map((number) => (win32Facility + number).toString(16)).join('|');
  const negative = numbers.map((number) => 2 ** 32 - win32Facility - number).join('|');
  return new RegExp(
    `\\b(?:WinError|Win32 ?(?:error|exception)|system error|os error)[ :：]{0,2}(?:${plain})(?!\\d)|系统错误[ :：]{0,2}(?:${plain})(?!\\d)|\\b0x(?:${hexadecimal})\\b|-(?:${negative})\\b`,
    'i',
  );
}

/** A pattern for error names of Unix, and for their numbers as Python writes them: `[Errno 28]`. */
export function unixErrors(names: string, ...numbers: readonly number[]): RegExp {
  // Names count in capitals and alone: there is an "eNotFound" in every "ModuleNotFoundError".
  const numbered = numbers.length === 0 ? '' : `|\\bErrno (?:${numbers.join('|')})(?!\\d)`;
  return new RegExp(`\\b(?:${names})\\b${numbered}`);
}
