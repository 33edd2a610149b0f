/** Whether a URL is a web page or mail address, rather than a script. */
export function isWebLink(url: string): boolean {
  return URL.canParse(url) && /^(?:https?|mailto):$/.test(new URL(url).protocol);
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
}
