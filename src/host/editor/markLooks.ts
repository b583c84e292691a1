import type { NodeStatus } from '../../trace/tree.ts';
import type { MarkLook } from './editorSurfaces.ts';

/** The margin knows no icons of the theme: these are drawn, in the colours that VS Code gives its own. */
const colours = {
  passed: ['#73c991', '#388a34'],
  failed: ['#f14c4c', '#e51400'],
  warned: ['#cca700', '#bf8803'],
  running: ['#3794ff', '#1a85ff'],
  quiet: ['#9d9d9d', '#6e6e6e'],
} as const;

const ring = '<circle cx="8" cy="8" r="5.5"/>';

/** Told apart by their shapes: not everybody sees the colours. */
const shapes = {
  check: `${ring}<path d="M5.5 8.2 7.3 10l3.4-3.8"/>`,
  cross: '<circle cx="8" cy="8" r="5.5" fill="COLOUR"/><path stroke="#fff" d="m6 6 4 4m0-4-4 4"/>',
  triangle: '<path d="M8 2.8 14 13H2zM8 6.5v3m0 1.4v.6"/>',
  play: `${ring}<path fill="COLOUR" d="M6.8 5.6 10.4 8l-3.6 2.4z"/>`,
  pause: `${ring}<path d="M6.7 6v4m2.6-4v4"/>`,
  slash: `${ring}<path d="m4.2 11.8 7.6-7.6"/>`,
  ring: '<circle cx="8" cy="8" r="3" stroke-dasharray="2 1.2"/>',
} as const;

function look(shape: keyof typeof shapes, colour: keyof typeof colours, ruler?: string): MarkLook {
  const [dark, light] = colours[colour];
  const drawn = (hex: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="${hex}" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round">${shapes[shape].replaceAll('COLOUR', hex)}</svg>`;
  return { dark: drawn(dark), light: drawn(light), ...(ruler === undefined ? {} : { ruler }) };
}

const error = 'editorOverviewRuler.errorForeground';
const warning = 'editorOverviewRuler.warningForeground';

/** What stands in the margin beside a node, by its state; in the ruler what wants to be found. */
export const markLooks: Readonly<Record<NodeStatus, MarkLook>> = {
  succeeded: look('check', 'passed'),
  failed: look('cross', 'failed', error),
  unended: look('cross', 'failed', error),
  recovered: look('triangle', 'warned', warning),
  stalled: look('pause', 'warned', warning),
  running: look('play', 'running', 'editorOverviewRuler.infoForeground'),
  cancelled: look('slash', 'quiet'),
  notRun: look('ring', 'quiet'),
};
