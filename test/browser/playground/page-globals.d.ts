/*
 * What the browser has, as far as functions that run in the page use it. The whole of the browser's types
 * would hide what Node has under the same names.
 */
interface ShownElement {
  readonly dataset: Record<string, string | undefined>;
  readonly naturalWidth?: number;
  readonly scrollWidth: number;
  scrollTop: number;
  getAttribute(name: string): string | null;
  readonly textContent: string | null;
  closest(selector: string): ShownElement | null;
  dispatchEvent(event: Event): boolean;
  getBoundingClientRect(): { width: number; height: number };
  querySelector(selector: string): ShownElement | null;
  querySelectorAll(selector: string): Iterable<ShownElement>;
}

declare const window: Record<string, unknown>;
declare const document: {
  readonly activeElement: ShownElement | null;
  getAnimations(): { readonly effect: { getComputedTiming(): { duration?: unknown } } | null }[];
  readonly documentElement: ShownElement;
  querySelector(selector: string): ShownElement | null;
};
declare const navigator: {
  readonly clipboard: { readText(): Promise<string> };
  readonly mediaDevices: { getUserMedia: () => Promise<never> };
};
declare class DataTransfer {
  readonly items: { add(file: unknown): void };
}
declare class ClipboardEvent extends Event {
  constructor(type: string, init: { clipboardData: unknown; bubbles: boolean; cancelable: boolean });
}
declare function getComputedStyle(element: unknown): Record<string, string>;
declare function requestAnimationFrame(work: (time: number) => void): number;
