import type { SvgColours } from '../../src/view/graphSvg.ts';

/** The colours of the theme as they are: a picture that is saved knows no variables. */
export function svgColours(): SvgColours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const of = (value: string) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const colours: SvgColours = {
    background: of('var(--vscode-editor-background)'),
    foreground: of('var(--vscode-foreground)'),
    quiet: of('var(--trace-quiet)'),
    box: of('var(--vscode-editorWidget-background)'),
    border: of('var(--vscode-panel-border, var(--trace-quiet))'),
    succeeded: of('var(--trace-succeeded)'),
    failed: of('var(--trace-failed)'),
    warning: of('var(--trace-warning)'),
    running: of('var(--trace-running)'),
    cancelled: of('var(--trace-cancelled)'),
  };
  probe.remove();
  return colours;
}
