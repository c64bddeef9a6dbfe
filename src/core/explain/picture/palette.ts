/** Colours of a picture. Backgrounds stay clear, so that it sits on whatever is behind it. */
export interface Palette {
  readonly text: string;
  /** Lines of what has happened. */
  readonly line: string;
  /** What is there for orientation only. */
  readonly faint: string;
  /** What is missing, and the current state. */
  readonly accent: string;
  /** Text on a field of the accent color. */
  readonly onAccent: string;
  /** Fields behind text, such as the states of the diagram. */
  readonly field: string;
}

/** Chosen for a contrast of at least 4.5 to 1 on the hovers of VS Code's default themes. */
export const PALETTES = {
  dark: {
    text: '#cccccc',
    line: '#9d9d9d',
    faint: '#6e6e6e',
    accent: '#f2a65a',
    onAccent: '#1f1f1f',
    field: '#313131',
  },
  light: {
    text: '#3b3b3b',
    line: '#5f5f5f',
    faint: '#8b8b8b',
    accent: '#a04a00',
    onAccent: '#ffffff',
    field: '#e8e8e8',
  },
  highContrastDark: {
    text: '#ffffff',
    line: '#ffffff',
    faint: '#bdbdbd',
    accent: '#f38518',
    onAccent: '#000000',
    field: '#000000',
  },
  highContrastLight: {
    text: '#292929',
    line: '#292929',
    faint: '#4f4f4f',
    accent: '#0f4a85',
    onAccent: '#ffffff',
    field: '#ffffff',
  },
} as const satisfies Record<string, Palette>;
