/** The minimum contrast of normal and large text (WCAG 2.2, 1.4.3). */
const NEEDED = 4.5;
const NEEDED_LARGE = 3;
/** The maximum number of texts that are checked per widget. */
const MAX = 300;

type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * Finds texts in a widget with too little contrast. ChatKit's own tokens always have enough, so these
 * colours were set by the widget's author.
 */
export function paleTexts(root: Element): string[] {
  const found: string[] = [];
  for (const element of [...root.querySelectorAll('*')].filter(hasText).slice(0, MAX)) {
    const style = getComputedStyle(element);
    const back = backgroundOf(element);
    if (back === undefined || element.closest(':disabled, [data-disabled], [aria-hidden=true]') !== null)
      continue;
    const front = rgba(style.color);
    const ratio = contrast(over(front, back), back);
    const isLarge = parseFloat(style.fontSize) >= (Number(style.fontWeight) >= 700 ? 18.66 : 24);
    if (ratio >= (isLarge ? NEEDED_LARGE : NEEDED)) continue;
    const text = (element.textContent ?? '').trim().slice(0, 40);
    found.push(`Contrast ${ratio.toFixed(1)} to 1: “${text}”, ${hex(front)} on ${hex(back)}`);
  }
  return found;
}

function hasText(element: Element): boolean {
  const own = [...element.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? '').trim() !== '',
  );
  return own && element.checkVisibility({ opacityProperty: true }) && !element.matches('.visually-hidden *');
}

/** The colour behind an element; undefined if it is not a plain colour. */
function backgroundOf(element: Element): Rgba | undefined {
  const layers: Rgba[] = [];
  for (let each: Element | null = element; each !== null; each = each.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(each);
    if (backgroundImage !== 'none') return undefined;
    const layer = rgba(backgroundColor);
    if (layer[3] > 0) layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reduceRight<Rgba>((back, layer) => over(layer, back), [255, 255, 255, 1]);
}

function over([red, green, blue, alpha]: Rgba, [r, g, b]: Rgba): Rgba {
  const mix = (front: number, back: number): number => front * alpha + back * (1 - alpha);
  return [mix(red, r), mix(green, g), mix(blue, b), 1];
}

let pixel: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, Rgba>();

/** Converts any CSS colour as the browser renders it. */
function rgba(color: string): Rgba {
  const cached = known.get(color);
  if (cached !== undefined) return cached;
  pixel ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (pixel === null) return [0, 0, 0, 1];
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data;
  const found: Rgba = [red, green, blue, alpha / 255];
  known.set(color, found);
  return found;
}

function contrast(a: Rgba, b: Rgba): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 1) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgba): number {
  const linear = (value: number): number => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function hex([red, green, blue]: Rgba): string {
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
