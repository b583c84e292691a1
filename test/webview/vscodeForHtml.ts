/** As much of `vscode` as `webviewHtml` uses; the language is that of the page under test. */
export const env = { language: 'en' };

/** Paths instead of addresses. */
export const Uri = {
  joinPath: (base: string, ...parts: string[]) => [base, ...parts].join('/'),
};
