/** Characters as the content of an SVG element or attribute. */
export function escapeXml(text: string): string {
  // Control characters have no place in XML 1.0, escaped or not.
  return text
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[<>&"']/g, char => ENTITIES[char] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
};

/** An element; attributes and text are escaped, children are SVG already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: string[]
): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  return children.length === 0
    ? `<${name}${list}/>`
    : `<${name}${list}>${children.join('')}</${name}>`;
}

/** A line of text. */
export function textElement(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number>>,
): string {
  return element('text', { x, y, ...attributes }, escapeXml(text));
}

/** A whole picture with its text alternative. */
export function svg(width: number, height: number, alt: string, ...children: string[]): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': 'system-ui, "Segoe UI", "Ubuntu", sans-serif',
      'font-size': 11,
    },
    element('title', {}, escapeXml(alt)),
    ...children,
  );
}

/** The head of an arrow that ends at (x, y) and comes from the direction (dx, dy). */
export function arrowHead(x: number, y: number, dx: number, dy: number, fill: string): string {
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  const point = (along: number, across: number): string =>
    `${round(x - ux * along - uy * across)},${round(y - uy * along + ux * across)}`;
  return element('polygon', { points: `${point(0, 0)} ${point(7, 3.5)} ${point(7, -3.5)}`, fill });
}

/** Tenths are enough for the eye. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A text of at most `most` UTF-16 units, with an ellipsis where some are left out. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const cut = text.slice(0, most - 1);
  // Half a surrogate pair would not be well-formed XML.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
