/** Robot Framework takes `Open ERP` and `open_erp` for the same keyword, with its library before it or without. */
export function foldedName(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replaceAll(/[\s_]/g, '')
    .toLowerCase();
}
