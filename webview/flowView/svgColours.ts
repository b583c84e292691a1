import type { SvgColours } from '../../src/view/graphSvg.ts';

/**
 * The colours of the theme as they are: a picture that is saved knows no variables, and few programs beside browsers know
 * colours that are mixed or let others through. So each is drawn, over the background, and read.
 */
export function svgColours(): SvgColours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const background = 'var(--vscode-editor-background)';
  const of = (value: string) => {
    if (context === null) return value;
    for (const layer of [background, value]) {
      probe.style.color = layer;
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  const colours: SvgColours = {
    background: of(background),
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
